/**
 * Where a part of the page fails, or cannot be loaded, a sentence stands in its place and says what can be done;
 * everything else goes on. React asks for a class here.
 */

import { Component, type ReactNode } from 'react'
import { history } from '../stores/draft.ts'
import css from './guard.module.css'

interface GuardProps {
  /** The part, as the sentence begins: `The timeline`. */
  readonly what: string
  /** Another value is another beginning: what failed with the last scenario may do well with this one. */
  readonly again?: unknown
  /** Of one that can be closed. */
  readonly onClose?: () => void
  readonly children: ReactNode
}

interface GuardState {
  readonly failure: string | undefined
}

const NOT_LOADED = /dynamically imported module|module script failed|preload/i

export class Guard extends Component<GuardProps, GuardState> {
  override state: GuardState = { failure: undefined }

  static getDerivedStateFromError(error: unknown): GuardState {
    return { failure: error instanceof Error ? error.message : String(error) }
  }

  override componentDidUpdate({ again }: GuardProps): void {
    if (this.state.failure !== undefined && again !== this.props.again) this.begin()
  }

  override render(): ReactNode {
    const { failure } = this.state
    const { what, onClose, children } = this.props
    if (failure === undefined) return children
    const isMissing = NOT_LOADED.test(failure)
    return (
      <div className={`${css.guard} ${onClose ? css.over : ''}`} role="alert">
        <p>
          {isMissing
            ? `${what} could not be loaded: is the connection down?`
            : `${what} failed: ${failure}. Everything else goes on, and nothing is lost.`}
        </p>
        <div className={css.ways}>
          {!isMissing && (
            <button type="button" onClick={() => this.begin()}>
              Try again
            </button>
          )}
          {!isMissing && history.getState().pastStates.length > 0 && (
            <button type="button" onClick={() => this.undo()}>
              Undo the last change
            </button>
          )}
          <button type="button" onClick={() => location.reload()}>
            Load the page again
          </button>
          {onClose && (
            <button type="button" onClick={onClose}>
              Close
            </button>
          )}
        </div>
      </div>
    )
  }

  begin(): void {
    this.setState({ failure: undefined })
  }

  undo(): void {
    history.getState().undo()
    this.begin()
  }
}
