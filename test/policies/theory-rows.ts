/** Reference rows from test/fixtures/theory. */

import { readFileSync } from 'node:fs'

/**
 * The rows of a file, to be asked for by their ids.
 * @throws Error when no row is like what is asked for, which would be a test of nothing
 */
export function theoryRows<Row extends { readonly id: string }>(
  name: string,
): (id: RegExp) => readonly Row[] {
  const file = new URL(`../fixtures/theory/${name}.json`, import.meta.url)
  const { rows }: { readonly rows: readonly Row[] } = JSON.parse(readFileSync(file, 'utf8'))
  return (id) => {
    const found = rows.filter((row) => id.test(row.id))
    if (found.length === 0) throw new Error(`no row of ${name} is like ${id}`)
    return found
  }
}
