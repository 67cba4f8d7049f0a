/** A scenario from nothing, for those who have no parser yet: the page does not wait for the parts. */

import { notice } from '../stores/notice.ts'

export async function beginAnew(): Promise<void> {
  try {
    const { newScenario } = await import('./parts.ts')
    newScenario()
  } catch {
    notice.setState({ text: 'The part that builds scenarios could not be loaded: is the connection down?' })
  }
}
