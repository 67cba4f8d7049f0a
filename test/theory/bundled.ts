/** The verifier as one bundle, as quick as in the product. */

import { bundled } from '../bundled.ts'

export function bundledVerifier() {
  return bundled<typeof import('./verifier.ts')>(new URL('verifier.ts', import.meta.url))
}
