/** The rows that come with the product, for `verify` without a folder. */

import { readRows } from './read-rows.ts'
import type { RowFile } from './row.ts'
import rows from './rows.json' with { type: 'json' }

export function builtInRows(): readonly RowFile[] {
  return [readRows('built in', JSON.stringify(rows)).file]
}
