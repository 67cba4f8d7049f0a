// The command line (`vite build -c vite.cli.config.ts` → dist-cli/main.js, run by Node).
import { defineConfig } from 'vite'
import pkg from './package.json' with { type: 'json' }

export default defineConfig({
  publicDir: false,
  define: { __EVENKEEL_VERSION__: JSON.stringify(pkg.version) },
  build: {
    ssr: true,
    outDir: 'dist-cli',
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: { main: 'src/cli/main.ts', runner: 'src/cli/pool/runner.ts' },
      output: { entryFileNames: '[name].js' },
    },
  },
})
