/** The scenario as its file: every change on the screen is a change of this text, and the other way round. */

import { type RefObject, useRef } from 'react'
import { useStore } from 'zustand'
import { editText } from '../edits.ts'
import { plain } from '../format.ts'
import { openLog } from '../open-log.ts'
import { draft } from '../stores/draft.ts'
import { ProblemList } from './problems.tsx'
import css from './scenario-text.module.css'

export default function ScenarioText() {
  const text = useStore(draft, (state) => state.text)
  const problems = useStore(draft, (state) => state.problems)
  const area = useRef<HTMLTextAreaElement>(null)
  const lines = text.split('\n').length
  return (
    <div className={css.panel}>
      {problems.length > 0 ? (
        <>
          <h2>
            {plain(problems.length)} {problems.length === 1 ? 'problem' : 'problems'}; the last good run stays
          </h2>
          <ProblemList problems={problems} onGo={({ line, column }) => goTo(area, text, line, column)} />
        </>
      ) : (
        <p className={css.hint}>
          Edit it as you like: it runs again as you type. Clicks on the stage add entries under{' '}
          <code>faults</code>.
        </p>
      )}
      <LogFile />
      <div className={css.editor}>
        <pre className={css.numbers} aria-hidden="true">
          {Array.from({ length: lines }, (_, i) => i + 1).join('\n')}
        </pre>
        <textarea
          ref={area}
          className={css.text}
          aria-label="Scenario, YAML"
          aria-invalid={problems.length > 0}
          value={text}
          rows={lines}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          wrap="off"
          onChange={(event) => editText(event.target.value)}
        />
      </div>
    </div>
  )
}

/** The way to a log for those who cannot drop one. */
function LogFile() {
  return (
    <label className={css.file}>
      Replay an access log …
      <input
        type="file"
        accept=".log,.txt,text/plain"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void openLog(file)
        }}
      />
    </label>
  )
}

function goTo(area: RefObject<HTMLTextAreaElement | null>, text: string, line: number, column: number): void {
  if (!area.current || line < 1) return
  const before = text.split('\n').slice(0, line - 1)
  const start = before.reduce((sum, row) => sum + row.length + 1, 0) + column - 1
  area.current.focus()
  area.current.setSelectionRange(start, start)
}
