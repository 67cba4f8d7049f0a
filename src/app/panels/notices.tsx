/** Over the stage: what just happened, that the scenario is broken or the engine was; the last good run stays. */

import { useStore } from 'zustand'
import { runAgain } from '../engine.ts'
import { missingLog } from '../logs.ts'
import { draft } from '../stores/draft.ts'
import { notice } from '../stores/notice.ts'
import { runs, statusOf } from '../stores/runs.ts'
import { silence } from '../stores/silence.ts'
import { view } from '../stores/view.ts'
import { Banner } from './problems.tsx'

export function Notices() {
  const problems = useStore(draft, (state) => state.problems.length)
  const isRunning = useStore(draft, (state) => state.source === state.text)
  const status = useStore(runs, (state) => statusOf(state.lanes))
  const failure = useStore(runs, (state) => state.lanes.find((lane) => lane.failure)?.failure ?? '')
  const isLogMissing = useStore(runs, (state) =>
    state.lanes.some(({ scenario }) => scenario !== undefined && missingLog(scenario) !== undefined),
  )
  const end = useStore(silence, (state) => state.end)
  const said = useStore(notice, (state) => state.text)
  return (
    <>
      {said && (
        <Banner look="plain" action="Close" onAction={() => notice.setState({ text: '' })}>
          {said}
        </Banner>
      )}
      {problems > 0 && (
        <Banner action="Show" onAction={() => view.setState({ panel: 'scenario', isPanelOpen: true })}>
          {`${isRunning ? 'A variant' : 'The scenario'} has ${problems === 1 ? 'a problem' : `${problems} problems`}; ${isRunning ? 'the others run' : 'you see the last good run'}.`}
        </Banner>
      )}
      {end && (
        <Banner action="Restart it" onAction={end}>
          The engine has not answered for 10 seconds: it has much to do, or is caught in a loop.
        </Banner>
      )}
      {status === 'failed' && !isLogMissing && (
        <Banner action="Run again" onAction={runAgain}>
          {failure}
        </Banner>
      )}
    </>
  )
}
