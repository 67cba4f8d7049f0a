// The library (`vite build -c vite.lib.config.ts` → dist-lib/index.js and its types), for Node and browsers alike.
import { defineConfig } from 'vite'
import pkg from './package.json' with { type: 'json' }
import { libraryTypes } from './scripts/library-types.mjs'

export default defineConfig({
  publicDir: false,
  plugins: [libraryTypes()],
  define: { __EVENKEEL_VERSION__: JSON.stringify(pkg.version) },
  build: {
    outDir: 'dist-lib',
    target: 'es2022',
    minify: false,
    lib: { entry: 'src/run/library.ts', formats: ['es'], fileName: 'index' },
  },
})
