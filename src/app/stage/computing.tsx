/** Over nodes that stand empty because the run has not come to the instant on show: how far it is. */

import { useStore } from 'zustand'
import { percent } from '../format.ts'
import { runs } from '../stores/runs.ts'
import { shown } from '../stores/shown.ts'

export function Computing({ lane }: { readonly lane: string }) {
  const run = useStore(runs, ({ lanes }) => {
    const { status, current } = lanes.find(({ key }) => key === lane) ?? {}
    return status === 'computing' ? current : undefined
  })
  const isAhead = useStore(shown, ({ playhead }) => run !== undefined && playhead > run.simulatedTo)
  if (!run || !isAhead) return null
  return (
    <p className="stage-computing" role="status">
      Being computed: {percent(run.simulatedTo / run.duration)} so far …
    </p>
  )
}
