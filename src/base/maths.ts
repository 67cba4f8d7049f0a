/** Elementary functions with the same bits in every JavaScript engine: never `Math.log` and kin. */

export { cosineOfTurns } from './cosine.ts'
export { exp } from './exp.ts'
export { ln } from './ln.ts'
export { pow } from './pow.ts'
