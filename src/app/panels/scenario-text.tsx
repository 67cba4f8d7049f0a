/** The scenario as its file: every change on the screen is a change of this text, and the other way round. */

import { FilePlus2 } from 'lucide-react'
import { Suspense, useRef } from 'react'
import { useStore } from 'zustand'
import type { Problem } from '../../scenario/problem.ts'
import { beginAnew } from '../build/begin-anew.ts'
import { goToField } from '../build/go-to-field.ts'
import { type EditorHandle, TextEditor } from '../editor/editor.tsx'
import { plain } from '../format.ts'
import { openLog } from '../open-log.ts'
import { later } from '../parts/later.tsx'
import { Segments } from '../parts/segments.tsx'
import { draft } from '../stores/draft.ts'
import { view } from '../stores/view.ts'
import { ProblemList } from './problems.tsx'
import css from './scenario-text.module.css'

const Form = later(() => import('../build/form.tsx'))

const MANNERS = [
  { value: 'text', title: 'Text' },
  { value: 'form', title: 'Form' },
] as const

export default function ScenarioText() {
  const problems = useStore(draft, (state) => state.problems)
  const manner = useStore(view, (state) => state.scenarioAs)
  const editor = useRef<EditorHandle>(null)
  const place = useRef<HTMLDivElement>(null)
  const goTo = (problem: Problem) => {
    if (manner === 'form') goToField(place.current, problem.path)
    else if (problem.line > 0) editor.current?.goTo(problem.line, problem.column)
  }
  const list = problems.length > 0 && <ProblemList problems={problems} onGo={goTo} />
  return (
    <div className={css.panel} ref={place} data-as={manner}>
      <div className={css.bar}>
        <Segments
          label="Show the scenario as"
          options={MANNERS}
          value={manner}
          onChange={(scenarioAs) => view.setState({ scenarioAs })}
        />
        <button type="button" className={css.file} onClick={() => void beginAnew()}>
          <FilePlus2 size={14} aria-hidden="true" /> New scenario
        </button>
        <LogFile />
      </div>
      <div className={css.words}>
        {problems.length > 0 && (
          <h2>
            {plain(problems.length)} {problems.length === 1 ? 'problem' : 'problems'}; the last good run stays
          </h2>
        )}
        <p className={css.hint}>
          {manner === 'text'
            ? 'It runs again as you type; what you do on the stage is written here.'
            : 'Each change is written into the text, and undone like any other.'}
        </p>
      </div>
      {manner === 'text' ? (
        <TextEditor handle={editor}>{list}</TextEditor>
      ) : (
        <>
          <Suspense>
            <Form />
          </Suspense>
          {list && <div className={css.below}>{list}</div>}
        </>
      )}
    </div>
  )
}

/** The way to a log for those who cannot drop one. */
function LogFile() {
  return (
    <label className={css.file}>
      Replay a log …
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
