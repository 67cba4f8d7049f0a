/** What becomes of rows in a short run. */
import { verify } from '../../src/run/verify/verify.ts'
import { type RawRow, reading } from './rows.ts'

/** Whether each row holds, or why it is not run; rows that the same run answers share it. */
export function fates(...rows: readonly RawRow[]): (boolean | string | undefined)[] {
  const { file } = reading(...rows)
  const steps = verify([file], { seed: 'test', budget: 200_000, quick: false })
  for (;;) {
    const step = steps.next()
    if (!step.done) continue
    const { results, notRun } = step.value
    return file.rows.map((row) => {
      const result = results.find((one) => one.row === row)
      return result?.verdict.holds ?? notRun.find(({ model }) => model === row.model)?.because
    })
  }
}
