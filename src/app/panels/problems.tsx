/** What is wrong with the scenario, or with the engine; the last good run stays where it is. */

import { Info, TriangleAlert } from 'lucide-react'
import type { Problem } from '../../scenario/problem.ts'
import css from './problems.module.css'

interface ProblemListProps {
  readonly problems: readonly Problem[]
  /** Puts the text cursor at the offender. */
  readonly onGo: (problem: Problem) => void
}

export function ProblemList({ problems, onGo }: ProblemListProps) {
  return (
    <ul className={css.list} aria-label="Problems">
      {problems.map((problem) => (
        <li key={`${problem.line}:${problem.column}:${problem.message}`}>
          <button type="button" className={css.problem} onClick={() => onGo(problem)}>
            <span className={css.place}>
              {problem.line > 0 ? `${problem.line}:${problem.column}` : problem.file}
            </span>
            <span>
              {problem.path && <code className={css.path}>{problem.path}</code>}
              <Words problem={problem} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** What is wrong, the cure, and only then all that is allowed. */
function Words({ problem: { message, hint } }: { readonly problem: Problem }) {
  const cut = hint === '' ? -1 : message.indexOf(ALLOWED)
  return (
    <>
      {cut < 0 ? message : `${message.slice(0, cut)}.`}
      {hint && <span className={css.hint}> {hint}</span>}
      {cut >= 0 && ` Allowed: ${message.slice(cut + ALLOWED.length)}`}
    </>
  )
}

/** Stands in a problem's message before the names that it might have been. */
const ALLOWED = '; allowed: '

interface BannerProps {
  readonly children: string
  readonly action: string
  readonly onAction: () => void
  readonly look?: 'warning' | 'plain'
}

/** A line over the stage. */
export function Banner({ children, action, onAction, look = 'warning' }: BannerProps) {
  const Sign = look === 'warning' ? TriangleAlert : Info
  return (
    <div className={css.banner} data-look={look} role="status">
      <Sign size={16} aria-hidden="true" />
      <p>{children}</p>
      <button type="button" onClick={onAction}>
        {action}
      </button>
    </div>
  )
}
