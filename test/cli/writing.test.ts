import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { csvFolder } from '../../src/cli/csv.ts'
import { prettyJson } from '../../src/cli/json.ts'
import { progressBar } from '../../src/cli/progress.ts'

const dir = mkdtempSync(join(tmpdir(), 'evenkeel-writing-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('JSON', () => {
  test('says the same as JSON.stringify', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(prettyJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('has what is short and flat on one line', () => {
    expect(prettyJson({ a: { b: 1, c: null }, list: [1, 2], none: [], skip: undefined })).toBe(
      '{\n  "a": { "b": 1, "c": null },\n  "list": [1, 2],\n  "none": []\n}\n',
    )
  })
})

describe('a folder of tables', () => {
  test('appears when it is whole', () => {
    const folder = csvFolder(join(dir, 'a/b'))
    folder.add('x', [{ name: 'a "b", c', value: 1.5, none: null, not: NaN }])
    folder.add('x', [{ name: 'd\ne', value: 2, none: undefined, not: 0, more: 'left out' }])
    folder.add('y', [])
    expect(existsSync(join(dir, 'a/b/x.csv'))).toBe(false)
    folder.commit()
    expect(readdirSync(join(dir, 'a/b'))).toEqual(['x.csv'])
    expect(readFileSync(join(dir, 'a/b/x.csv'), 'utf8')).toBe(
      'name,value,none,not\r\n"a ""b"", c",1.5,,\r\n"d\ne",2,,0\r\n',
    )
  })

  test('leaves what was there when it is given up', () => {
    writeFileSync(join(dir, 'x.csv'), 'old')
    const folder = csvFolder(dir)
    folder.add('x', [{ a: 1 }])
    folder.abort()
    expect(readdirSync(dir).filter((name) => name.includes('x'))).toEqual(['x.csv'])
    expect(readFileSync(join(dir, 'x.csv'), 'utf8')).toBe('old')
  })
})

describe('the progress bar', () => {
  function watched(isTTY: boolean, isWanted = true) {
    const written: string[] = []
    let time = 0
    const screen = { isTTY, columns: 80, write: (text: string) => written.push(text) }
    const bar = progressBar('A run', isWanted, screen as unknown as NodeJS.WriteStream, () => time)
    const showAt = (milliseconds: number, share: number) => {
      time = milliseconds
      bar.show(share)
    }
    return { written, bar, showAt }
  }

  test('comes after a second, not too often, and goes', () => {
    const { written, bar, showAt } = watched(true)
    showAt(900, 0.1)
    expect(written).toEqual([])
    showAt(2000, 0.25)
    showAt(2010, 0.26)
    expect(written).toHaveLength(1)
    expect(written[0]).toMatch(/█{8}░{22} {2}25 % {2}about 6 s left {2}A run$/)
    bar.clear()
    bar.clear()
    expect(written.slice(1)).toEqual(['\r\x1b[K'])
  })

  test.each([
    ['no terminal is there', false, true],
    ['quiet was asked for', true, false],
  ])('says nothing when %s', (_, isTTY, isWanted) => {
    const { written, bar, showAt } = watched(isTTY, isWanted)
    showAt(5000, 0.5)
    bar.clear()
    expect(written).toEqual([])
  })
})
