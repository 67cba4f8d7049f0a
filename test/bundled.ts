/**
 * Modules as one bundle: the test runner turns every call between modules into a look-up, which makes the engine
 * several times slower than it is in the product.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

/** Bundles a module with all that it imports, and imports that. Its state is its own, not that of other imports. */
export async function bundled<Module>(module: URL): Promise<Module> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    define: { __EVENKEEL_VERSION__: JSON.stringify(__EVENKEEL_VERSION__) },
    ssr: { noExternal: true },
    build: { ssr: fileURLToPath(module), write: false, minify: false, target: 'node20' },
  })
  const [bundle] = Array.isArray(built) ? built : [built]
  if (!bundle || !('output' in bundle)) throw new Error('vite built nothing')
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bundle-'))
  try {
    const file = join(folder, 'bundle.mjs')
    writeFileSync(file, bundle.output[0].code)
    return await import(/* @vite-ignore */ pathToFileURL(file).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
