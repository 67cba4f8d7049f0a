/** The scenario as its file: every change on the screen is a change of this text, and the other way round. */

import { useRef } from 'react'
import { useStore } from 'zustand'
import { type EditorHandle, TextEditor } from '../editor/editor.tsx'
import { plain } from '../format.ts'
import { openLog } from '../open-log.ts'
import { draft } from '../stores/draft.ts'
import { ProblemList } from './problems.tsx'
import css from './scenario-text.module.css'

export default function ScenarioText() {
  const problems = useStore(draft, (state) => state.problems)
  const editor = useRef<EditorHandle>(null)
  return (
    <div className={css.panel}>
      {problems.length > 0 ? (
        <>
          <h2>
            {plain(problems.length)} {problems.length === 1 ? 'problem' : 'problems'}; the last good run stays
          </h2>
          <ProblemList
            problems={problems}
            onGo={({ line, column }) => line > 0 && editor.current?.goTo(line, column)}
          />
        </>
      ) : (
        <p className={css.hint}>
          Edit it as you like: it runs again as you type. Clicks on the stage add entries under{' '}
          <code>faults</code>.
        </p>
      )}
      <LogFile />
      <TextEditor handle={editor} />
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
