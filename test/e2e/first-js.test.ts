/** What a visitor downloads before the first picture: the entry script and what it imports statically. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { root } from '../../scripts/workspace.mjs'

/** 200 is what is promised; the rest is room for what the screen will learn. */
const mostBytes = 150 * 1024

test('the first JavaScript is at most 150 KiB, compressed', () => {
  const html = readFileSync(join(root, 'dist/index.html'), 'utf8')
  const files = firstScripts(html)
  expect(files.length).toBeGreaterThan(0)
  const bytes = files.map((file) => gzipSync(readFileSync(join(root, 'dist', file))).length)
  const total = bytes.reduce((sum, size) => sum + size, 0)
  expect(total, files.map((file, i) => `${file}: ${bytes[i]} bytes`).join('\n')).toBeLessThanOrEqual(
    mostBytes,
  )
})

test('scripts and preloads of a page are found, styles are not', () => {
  const html = `<link rel="modulepreload" crossorigin href="./assets/b.js"><link rel="stylesheet" href="./assets/c.css">
    <script type="module" crossorigin src="./assets/a.js"></script>`
  expect(firstScripts(html)).toEqual(['./assets/b.js', './assets/a.js'])
})

/** Vite lists the static imports of the entry script as module preloads. */
function firstScripts(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path]) => path!)
}
