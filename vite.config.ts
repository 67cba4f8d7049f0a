// The web app (`vite build` → dist/) and the tests.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import pkg from './package.json' with { type: 'json' }
import { LongFirst } from './scripts/long-first.mjs'
import { nativeRooms } from './scripts/native-rooms.mjs'
import { offline } from './scripts/offline.mjs'

const define = { __EVENKEEL_VERSION__: JSON.stringify(pkg.version) }

export default defineConfig({
  base: './', // works from any folder of any static host
  plugins: [react(), offline()],
  define,
  worker: { format: 'es' },
  // What the first load may weigh is a test of its own (test/e2e/first-js.test.ts), in gzipped bytes.
  build: { outDir: 'dist', target: 'es2022', chunkSizeWarningLimit: 700 },
  test: {
    maxWorkers: 2,
    forceRerunTriggers: ['**/src/**'], // the runner does not know what translated modules import
    sequence: { sequencer: LongFirst },
    projects: [
      {
        extends: true,
        plugins: [nativeRooms()],
        test: {
          name: 'node',
          environment: 'node',
          globalSetup: ['scripts/native-rooms.mjs'],
          isolate: false,
          setupFiles: ['test/afresh.ts'],
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/engines/**'],
          testTimeout: 120_000,
        },
      },
      {
        // Real browsers against the built app: one at a time, so that two cores stay calm.
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts', 'test/engines/**/*.test.ts'],
          globalSetup: ['test/engines/serve-built-app.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
})
