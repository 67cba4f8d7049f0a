/** The same scenario and seed give the same run, to the bit, in every JavaScript engine. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FaultKind } from '../../src/scenario/fault.ts'
import { parse } from '../../src/scenario/index.ts'
import { bundled } from '../bundled.ts'
import { engines, evaluateIn, isLeftOut } from './engines.ts'
import { EVERY_FAULT } from './page/every-fault.ts'

const DRAWS = 100_000
/** To their end, and computed by the app's worker, too. The others as far as all their timed entries. */
const IN_WORKER = ['crash.yaml', 'replay.yaml', 'three-tiers.yaml']
const outDir = mkdtempSync(join(tmpdir(), 'evenkeel-engines-'))
let server: PreviewServer
let inNode: unknown
let inWorker: unknown

beforeAll(async () => {
  const root = fileURLToPath(new URL('./page', import.meta.url))
  const config = { configFile: false, root, logLevel: 'error' } as const
  const define = { __EVENKEEL_VERSION__: JSON.stringify(__EVENKEEL_VERSION__) }
  await build({
    ...config,
    define,
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2022' },
  })
  server = await preview({ ...config, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } })
  const { fingerprints, mathsOf } = await bundled<typeof import('./page/fingerprints.ts')>(
    new URL('./page/fingerprints.ts', import.meta.url),
  )
  const prints = fingerprints(IN_WORKER)
  inNode = { prints, maths: mathsOf(DRAWS) }
  inWorker = Object.fromEntries(IN_WORKER.map((file) => [file, (prints[file] as unknown[])[0]]))
})

afterAll(async () => {
  await server.close()
  rmSync(outDir, { recursive: true })
})

for (const engine of engines) {
  test.skipIf(isLeftOut(engine))(
    `${engine} gives the fingerprints of Node, in the page and in the worker`,
    async () => {
      // The page's module may still be loading.
      const expression = `(async () => {
      for (let i = 0; i < 200 && !globalThis.fingerprints; i++) await new Promise((go) => setTimeout(go, 50))
      const worker = await throughWorker(${JSON.stringify(IN_WORKER)})
      return { prints: fingerprints(${JSON.stringify(IN_WORKER)}), maths: mathsOf(${DRAWS}), worker }
    })()`
      const there = await evaluateIn(engine, server.resolvedUrls!.local[0]!, expression)
      expect(there).toEqual(JSON.parse(JSON.stringify({ ...(inNode as object), worker: inWorker })))
    },
  )
}

test('every kind of timed entry befalls what the engines run', () => {
  const kinds: Record<FaultKind, true> = {
    crash: true,
    hang: true,
    slow: true,
    errors: true,
    recover: true,
    purge: true,
    softPurge: true,
    update: true,
    pause: true,
    flap: true,
    partition: true,
    latency: true,
    loss: true,
    drain: true,
    weight: true,
    spike: true,
    reload: true,
    down: true,
    deploy: true,
    scale: true,
    balance: true,
    checks: true,
    slots: true,
  }
  const { scenario } = parse(EVERY_FAULT, 'every-fault.yaml')
  expect([...new Set(scenario!.faults.map(({ kind }) => kind))].sort()).toEqual(Object.keys(kinds).sort())
})
