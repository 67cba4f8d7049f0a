// Writes an access log that never was: seeded, and as untidy as real ones are (lines out of order, shared
// seconds, odd request lines, broken lines). `scenarios/small.log` is `node scripts/make-log.mjs`;
// `--lines 10000000 --hours 24` makes a big one to measure with.
//
// Only exact arithmetic, so that every machine writes the same bytes. All addresses and names are from the
// ranges reserved for documentation.
import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/**
 * @typedef {object} Wanted
 * @property {number} [lines] how many lines
 * @property {number} [hours] over about how much time
 * @property {number} [seed]
 */

/** Relative traffic over the log's time: the morning rise of a shop, with a newsletter at two thirds. */
const shape = [3, 3, 4, 5, 6, 8, 9, 11, 12, 13, 14, 15, 15, 16, 16, 30, 26, 21, 18, 17, 16, 17, 16, 15]

const dayZero = { day: 4, month: 'Mar', year: 2024, second: 6 * 3600 }

const agents = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/124.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148',
  'Quince/2.1 (+https://bot.example/about)',
  'curl/8.5.0',
  'An \\"enterprise\\" browser \\\\ 1.0',
  '-',
]

/** Request lines that real logs hold and no textbook shows, with what follows them. */
const oddities = [
  '"-" 408 -',
  '"\\x16\\x03\\x01\\x02" 400 226',
  '"GET /search?q=\\"oars\\" HTTP/1.1" 200 5120',
  '"GET /catalogue/rowing boat.html HTTP/1.1" 404 312',
  '"OPTIONS * HTTP/1.0" 200 -',
  '"GET /" 200 4096',
  '"GET /%E2%9A%93 HTTP/1.1" 404 312',
  '"" 400 0',
]

/** Lines that are no log lines. */
const broken = [
  'shop.example - - [04/Mar/2024:06:',
  '192.0.2.77 - - [31/Feb/2024:06:11:09 +0000] "GET / HTTP/1.1" 200 4096',
  '==> rotated by logrotate <==',
  '203.0.113.9 - - [04/Mar/2024:06:40:12 +0000] "GET /about HTTP/1.1 200 51\u0000\u0000\u0000\u0000',
  '198.51.100.3 - - [04/Mar/2024:07:05:55 +0000] "GET /oars HTTP/1.1" 200 many "-" "curl/8.5.0"',
]

/**
 * The lines of a log, in batches, each with its line end.
 * @param {Wanted} wanted
 * @returns {Generator<string>}
 */
export function* logLines({ lines = 3600, hours = 2, seed = 7 } = {}) {
  if (!(lines > 0 && hours > 0 && hours <= 600)) throw new Error('wanted: some lines, over at most 600 hours')
  const random = mulberry32(seed)
  const seconds = Math.round(hours * 3600)
  const perSecond = perSecondOf(lines, seconds)
  const chooseClient = zipf(600, random)
  const choosePage = zipf(400, random)
  /** Lines by the second in which they are written, which is later than that of the request. */
  const due = Array.from({ length: 64 }, () => /** @type {string[]} */ ([]))
  const breakEvery = Math.max(1, Math.floor(lines / (broken.length + 1)))
  let written = 0
  for (let second = 0; written < lines; second++) {
    for (let n = wholeNear(perSecond(second), random()); n > 0; n--) {
      for (const line of visit(second, chooseClient(), choosePage(), random)) {
        due[(second + delay(random)) % due.length]?.push(line)
      }
    }
    const batch = due[second % due.length] ?? []
    for (const line of batch.splice(0).slice(0, lines - written)) {
      written++
      const isBroken = written % breakEvery === 0 && written / breakEvery <= broken.length
      yield `${isBroken ? broken[written / breakEvery - 1] : line}\n`
    }
  }
}

/**
 * Visits (a page and what belongs to it) to begin in each second.
 * @param {number} lines
 * @param {number} seconds
 */
function perSecondOf(lines, seconds) {
  const linesAVisit = 2.75
  const meanShape = shape.reduce((sum, height) => sum + height, 0) / shape.length
  const scale = lines / (seconds * linesAVisit * meanShape)
  return (/** @type {number} */ second) => {
    const place = Math.min(second / seconds, 0.999999) * shape.length
    return (shape[Math.floor(place)] ?? 0) * scale
  }
}

/**
 * @param {number} second
 * @param {number} client
 * @param {number} page
 * @param {() => number} random
 */
function visit(second, client, page, random) {
  const head = `${addressOf(client)} - ${client % 97 === 5 ? 'ana' : '-'} [${stampOf(second)}] `
  const agent = agents[client % agents.length]
  const tail = (/** @type {string} */ from) => ` "${from}" "${agent}"`
  if (random() < 0.012) return [`${head}${oddities[below(oddities.length, random)]}${tail('-')}`]

  const query = random() < 0.2 ? `?page=${below(9, random)}` : ''
  const path = page === 0 ? '/' : `/catalogue/${page}`
  const cached = random() < 0.15
  const size = cached ? '-' : String(2000 + below(6000, random) + ((page * 7919) % 9000))
  const found = [`${head}"GET ${path}${query} HTTP/1.1" ${cached ? 304 : 200} ${size}${tail('-')}`]
  for (let asset = below(5, random) - 1; asset >= 0; asset--) {
    const later = `${addressOf(client)} - - [${stampOf(second + below(3, random))}] `
    const name = ['/style.css', '/main.js', '/logo.svg', `/photos/${page}.jpg`][asset]
    const bytes = asset === 3 ? 30000 + ((page * 104729) % 220000) : 900 + asset * 7100
    found.push(`${later}"GET ${name} HTTP/1.1" 200 ${bytes}${tail(`https://shop.example${path}`)}`)
  }
  return found
}

/**
 * Seconds from a request to its line in the log: mostly none, for a slow download up to a minute.
 * @param {() => number} random
 */
function delay(random) {
  const kind = random()
  if (kind < 0.6) return 0
  return kind < 0.93 ? below(4, random) : below(56, random)
}

/** @param {number} client */
function addressOf(client) {
  if (client % 40 === 7) return `2001:db8:${(client * 40503) % 65536}::${client.toString(16)}`
  if (client % 40 === 11) return `host-${client}.customers.example`
  const net = ['192.0.2', '198.51.100', '203.0.113'][client % 3]
  return `${net}.${1 + (Math.floor(client / 3) % 254)}`
}

/** @param {number} second since the log began */
function stampOf(second) {
  const total = dayZero.second + second
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0')
  const day = dayZero.day + Math.floor(total / 86400)
  const time = [Math.floor(total / 3600) % 24, Math.floor(total / 60) % 60, total % 60].map(two).join(':')
  return `${two(day)}/${dayZero.month}/${dayZero.year}:${time} +0000`
}

/**
 * Ranks from 0, the k-th chosen in proportion to 1/k.
 * @param {number} count
 * @param {() => number} random
 */
function zipf(count, random) {
  const upTo = new Float64Array(count)
  let sum = 0
  for (let k = 0; k < count; k++) upTo[k] = sum += 1 / (k + 1)
  return () => {
    const drawn = random() * sum
    let low = 0
    let high = count - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((upTo[middle] ?? 0) > drawn) high = middle
      else low = middle + 1
    }
    return low
  }
}

/**
 * One of the two whole numbers around `mean`, so that they come to it on average.
 * @param {number} mean
 * @param {number} drawn
 */
function wholeNear(mean, drawn) {
  const low = Math.floor(mean)
  return low + (drawn < mean - low ? 1 : 0)
}

/**
 * @param {number} count
 * @param {() => number} random
 */
function below(count, random) {
  return Math.floor(random() * count)
}

/**
 * A small generator on whole numbers (Tommy Ettinger's mulberry32).
 * @param {number} seed
 */
function mulberry32(seed) {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

async function main() {
  const { values } = parseArgs({
    options: { lines: { type: 'string' }, hours: { type: 'string' }, seed: { type: 'string' } },
  })
  const given = Object.entries(values).map(([name, value]) => [name, Number(value)])
  let text = ''
  for (const line of logLines(Object.fromEntries(given))) {
    text += line
    if (text.length < 65536) continue
    if (!process.stdout.write(text)) await once(process.stdout, 'drain')
    text = ''
  }
  process.stdout.write(text)
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main()
