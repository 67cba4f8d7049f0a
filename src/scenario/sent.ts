/** What requests say of themselves besides what they ask for: their method, and headers. */

import type { ClientPopulation } from './scenario.ts'

export const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export type Method = (typeof METHODS)[number]

/** Those that change nothing (RFC 9110, 9.2.1); all others count as writes. */
const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'] satisfies Method[]

/** A value and the share of requests, or of visitors, that send it; above 0. */
export interface Sent<T extends string = string> {
  readonly value: T
  readonly share: number
}

/** Whoever sends it always sends the same; visitors beyond the shares send none. */
export interface Header {
  /** In lower case. */
  readonly name: string
  readonly values: readonly Sent[]
}

/** Whether requests of this method change something. */
export function changes(method: Method): boolean {
  return !SAFE.includes(method)
}

/** The methods of a population, in order; where nothing is said, reads are GET and writes are POST. */
export function methodsOf({
  methods,
  writes = 0,
}: Pick<ClientPopulation, 'methods' | 'writes'>): readonly Sent<Method>[] {
  if (methods !== undefined) return methods
  const usual = [
    { value: 'GET', share: 1 - writes },
    { value: 'POST', share: writes },
  ] as const
  return usual.filter(({ share }) => share > 0)
}
