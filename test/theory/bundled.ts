/**
 * The verifier as one bundle: the test runner turns every call between modules into a look-up, which makes
 * the engine several times slower than it is in the product.
 */

import { fileURLToPath } from 'node:url'
import { build } from 'vite'

type Verifier = typeof import('./verifier.ts')

export async function bundledVerifier(): Promise<Verifier> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    define: { __EVENKEEL_VERSION__: '"test"' },
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('verifier.ts', import.meta.url)),
      write: false,
      minify: false,
      target: 'node20',
    },
  })
  const [bundle] = Array.isArray(built) ? built : [built]
  if (!bundle || !('output' in bundle)) throw new Error('vite built nothing')
  return import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(bundle.output[0].code)}`)
}
