import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressOf } from '../../../src/scenario/access-log/address.ts'
import { hashBytes } from '../../../src/scenario/access-log/hash.ts'
import { FLAWS, type Line, parseLine } from '../../../src/scenario/access-log/line.ts'
import { secondsOf } from '../../../src/scenario/access-log/time-stamp.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const hashOf = (text: string) => hashBytes(bytesOf(text), 0, bytesOf(text).length)

function parsed(text: string): Line | string {
  const bytes = bytesOf(`before\n${text}\nafter`)
  const line: Line = { second: NaN, address: NaN, key: NaN, size: NaN }
  const flaw = parseLine(bytes, 7, bytes.length - 6, line)
  return flaw === 0 ? line : FLAWS[flaw]!
}

const stamp = '[17/May/2015:10:05:03 +0000]'
const second = Date.UTC(2015, 4, 17, 10, 5, 3) / 1000

describe('a line', () => {
  test('in common format gives time, address, key and size', () => {
    expect(parsed(`83.149.9.216 - frank ${stamp} "GET /a/b?c=d HTTP/1.1" 200 203023`)).toEqual({
      second,
      address: 83 * 2 ** 24 + 149 * 2 ** 16 + 9 * 256 + 216,
      key: hashOf('/a/b'),
      size: 203023,
    })
  })

  test.each([
    ['combined format', `1.2.3.4 - - ${stamp} "GET /a HTTP/1.1" 200 12 "http://from/" "Mozilla/5.0 (X; Y)"`],
    ['an agent with escaped quotes', `1.2.3.4 - - ${stamp} "GET /a HTTP/1.1" 200 12 "-" "a \\"b\\" c"`],
    ['an agent that is cut off', `1.2.3.4 - - ${stamp} "GET /a HTTP/1.1" 200 12 "-" "Mozilla/5.0 (compat`],
    ['a user with spaces and brackets', `1.2.3.4 - J. [x] Doe ${stamp} "GET /a HTTP/1.1" 200 12`],
    ['fields after the agent', `1.2.3.4 - - ${stamp} "GET /a HTTP/1.1" 200 12 "-" "-" 0.004 upstream=3`],
    ['no protocol (HTTP/0.9)', `1.2.3.4 - - ${stamp} "GET /a" 200 12`],
    ['a query with quotes', `1.2.3.4 - - ${stamp} "GET /a?b=\\"c\\" HTTP/1.1" 200 12`],
    ['a query with quotes that are not escaped', `1.2.3.4 - - ${stamp} "GET /a?b="c d" HTTP/1.1" 200 12`],
  ])('with %s is read', (_, text) => {
    expect(parsed(text)).toEqual({ second, address: 0x01020304, key: hashOf('/a'), size: 12 })
  })

  test.each([
    ['-', '-'],
    ['\\x16\\x03\\x01', '\\x16\\x03\\x01'],
    ['', ''],
    ['GET /a b c HTTP/1.1', '/a b c'],
    ['OPTIONS * HTTP/1.0', '*'],
    ['GET http://host/a?b HTTP/1.1', 'http://host/a'],
    ['GET /%E2%9A%93 HTTP/2.0', '/%E2%9A%93'],
    ['GET /ünï HTTP/1.1', '/ünï'],
    ['HEAD / HTTP/1.1', '/'],
  ])('with the request "%s" has the key %s', (request, key) => {
    expect(parsed(`::1 - - ${stamp} "${request}" 400 226`)).toMatchObject({ key: hashOf(key), size: 226 })
  })

  test.each([
    ['200 -', 0],
    ['- 0', 0],
    ['304 - "-" "-"', 0],
    ['206 4294967295', 4294967295],
    ['206 99999999999999999999999', 4294967295],
  ])('that ends in %s has the size %d', (end, size) => {
    expect(parsed(`::1 - - ${stamp} "GET / HTTP/1.1" ${end}`)).toMatchObject({ size })
  })

  test.each([
    ['', 'blank'],
    ['  \t ', 'blank'],
    ['hello', 'it has no time'],
    [' - - ', 'it has no time'],
    ['1.2.3.4 - - [31/Feb/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 1', 'it has no time'],
    ['1.2.3.4 - - [17/May/2015:10:05', 'it has no time'],
    [`1.2.3.4 - - ${stamp}`, 'it has no request'],
    [`1.2.3.4 - - ${stamp} `, 'it has no request'],
    [`1.2.3.4 - - ${stamp} "`, 'it has no request'],
    [`1.2.3.4 - - ${stamp} "GET / HTTP/1.1`, 'it has no request'],
    [`1.2.3.4 - - ${stamp} "GET / HTTP/1.1\\" 200 1`, 'it has no request'],
    [`1.2.3.4 - - ${stamp} "GET / HTTP/1.1" 2000 1`, 'it has no request'],
    [`1.2.3.4 - - ${stamp} "GET / HTTP/1.1" 200`, 'its size'],
    [`1.2.3.4 - - ${stamp} "GET / HTTP/1.1" 200 `, 'its size'],
    [`1.2.3.4 - - ${stamp} "GET / HTTP/1.1" 200 many`, 'its size'],
    [`1.2.3.4 - - ${stamp} "GET / HTTP/1.1" 200 12x`, 'its size'],
    [`1.2.3.4 - - ${stamp} "GET / HTTP/1.1" 200 -5`, 'its size'],
  ])('"%s" is refused: %s', (text, flaw) => expect(parsed(text)).toContain(flaw))

  test('never throws, whatever its bytes', () => {
    const line: Line = { second: 0, address: 0, key: 0, size: 0 }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => parseLine(bytes, 0, bytes.length, line) >= 0),
    )
  })
})

describe('an address', () => {
  test.each([
    ['0.0.0.0', 0],
    ['255.255.255.255', 4294967295],
    ['192.0.2.1', 0xc0000201],
  ])('%s is the number %d', (text, number) => expect(addressOf(bytesOf(text), 0, text.length)).toBe(number))

  test.each(['256.1.1.1', '1.2.3', '1.2.3.', '1.2.3.4.5', '1.2.3.0004', '2001:db8::1', 'host.example', '.'])(
    '%s is hashed',
    (text) => expect(addressOf(bytesOf(text), 0, text.length)).toBe(hashOf(text)),
  )
})

test('the time of a line is that of the calendar, in any time zone', () => {
  const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
  const two = (n: number) => String(n).padStart(2, '0')
  const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2399-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(date, fc.integer({ min: -1439, max: 1439 }), (when, offset) => {
      const whole = Math.floor(when.getTime() / 1000)
      const local = new Date((whole + offset * 60) * 1000)
      const [zone, sign] = [Math.abs(offset), offset < 0 ? '-' : '+']
      const day = `${two(local.getUTCDate())}/${months[local.getUTCMonth()]}/${local.getUTCFullYear()}`
      const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(two).join(':')
      const text = `[${day}:${time} ${sign}${two(Math.floor(zone / 60))}${two(zone % 60)}]`
      expect(secondsOf(bytesOf(text), 0, text.length)).toBe(whole)
    }),
  )
})

test('hashes are spread over all 32 bits', () => {
  const hashes = Array.from({ length: 4096 }, (_, i) => hashOf(`/catalogue/${i}`))
  expect(new Set(hashes).size).toBe(4096)
  for (let bit = 0; bit < 32; bit++) {
    const set = hashes.filter((hash) => (hash >>> bit) & 1).length
    expect(Math.abs(set - 2048)).toBeLessThan(5 * 32) // five standard deviations
  }
})
