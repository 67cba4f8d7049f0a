/** What `bundledVerifier` bundles. */

export { QUICK_BUDGET, verify } from '../../src/run/verify/verify.ts'
