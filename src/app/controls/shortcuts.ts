/** What keys do, wherever the focus is but in a text field or a control that needs them itself. */

import { stepEvent } from '../engine.ts'
import { jump } from '../lab/jumps.ts'
import { togglePresenting } from '../look/presenter.ts'
import { history } from '../stores/draft.ts'
import { toggleLoop } from '../stores/loop.ts'
import { playhead, seek, setSpeed, toggle } from '../stores/playhead.ts'
import { view } from '../stores/view.ts'
import { SPEEDS_BY_NAME } from './speeds.ts'

export interface Shortcut {
  readonly keys: string
  readonly does: string
}

/** As the help shows them. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: 'Space .', does: 'Play or pause' },
  { keys: '← →', does: 'One event back or on' },
  { keys: 'Shift ← →', does: 'One second back or on' },
  {
    keys: 'Ctrl ← →',
    does: 'To the last or next change, fault, flip or failure, as chosen beside the buttons',
  },
  { keys: 'F8', does: 'To the next request that fails; with Shift to the last' },
  { keys: 'F9', does: 'To the next breakpoint' },
  { keys: 'Home End', does: 'To the beginning or the end' },
  { keys: 'L', does: 'Play the chosen stretch of time in a loop, or no longer' },
  { keys: '1 … 5', does: 'Speed: 0.01×, 0.1×, 1×, 10×, as fast as it goes' },
  { keys: 'Ctrl Z', does: 'Undo the last change' },
  { keys: 'Ctrl Shift Z', does: 'Redo it' },
  { keys: '+ − 0', does: 'Look at the stage closer, from farther, as a whole' },
  { keys: 'F', does: 'Fill the stage with the part that has the focus' },
  { keys: 'S', does: 'Show who comes (sessions, addresses) and to which replica they stick, or hide it' },
  { keys: 'P', does: 'Presenter mode, and back; there Page Down and Page Up go from change to change' },
  { keys: 'Ctrl K', does: 'Do anything by its name' },
  { keys: '?', does: 'This help' },
]

/** What of an event decides. `code` is the key's place, the same on every layout; `key` is what it writes. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

export type Command =
  | {
      readonly do:
        | 'toggle'
        | 'present'
        | 'loop'
        | 'crowd'
        | 'help'
        | 'palette'
        | 'undo'
        | 'redo'
        | 'breakpoint'
    }
  | { readonly do: 'page' | 'step' | 'second' | 'change' | 'failure'; readonly direction: 1 | -1 }
  | { readonly do: 'seek'; readonly share: 0 | 1 }
  | { readonly do: 'speed'; readonly speed: number }

/** The command of a key press; undefined when it has none. */
export function commandOf(press: KeyPress): Command | undefined {
  if (press.altKey) return undefined
  if (press.ctrlKey || press.metaKey) {
    const letter = press.key.toLowerCase()
    if (letter === 'z') return { do: press.shiftKey ? 'redo' : 'undo' }
    if (letter === 'k') return { do: 'palette' }
    if (press.key === 'ArrowRight') return { do: 'change', direction: 1 }
    if (press.key === 'ArrowLeft') return { do: 'change', direction: -1 }
    return letter === 'y' ? { do: 'redo' } : undefined
  }
  switch (press.key) {
    case '?':
      return { do: 'help' }
    case 'F8':
      return { do: 'failure', direction: press.shiftKey ? -1 : 1 }
    case 'F9':
      return { do: 'breakpoint' }
    case ' ':
    case '.':
      return { do: 'toggle' }
    case 'p':
    case 'P':
      return { do: 'present' }
    case 's':
    case 'S':
      return { do: 'crowd' }
    case 'l':
    case 'L':
      return { do: 'loop' }
    case 'PageDown':
      return { do: 'page', direction: 1 }
    case 'PageUp':
      return { do: 'page', direction: -1 }
    case 'ArrowRight':
      return { do: press.shiftKey ? 'second' : 'step', direction: 1 }
    case 'ArrowLeft':
      return { do: press.shiftKey ? 'second' : 'step', direction: -1 }
    case 'Home':
      return { do: 'seek', share: 0 }
    case 'End':
      return { do: 'seek', share: 1 }
  }
  const digit = /^(?:Digit|Numpad)([1-5])$/.exec(press.code)?.[1]
  if (!digit || press.shiftKey) return undefined
  return { do: 'speed', speed: SPEEDS_BY_NAME[Number(digit) - 1]!.speed }
}

/** Listens to the whole page, until the returned function is called. */
export function startShortcuts(openHelp: () => void, openPalette: () => void): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : document.body
    const command = commandOf(event)
    if (event.defaultPrevented || !command || isTaken(target, event.key, command) || isOff(event, command))
      return
    event.preventDefault()
    perform(command, openHelp, openPalette)
  }
  document.addEventListener('keydown', onKeyDown)
  return () => document.removeEventListener('keydown', onKeyDown)
}

/** Whether a person wants no single keys (WCAG 2.1.4), or the key means something only in presenter mode. */
function isOff({ key, ctrlKey, metaKey }: KeyPress, command: Command): boolean {
  const { hasKeys, isPresenting } = view.getState()
  if (command.do === 'page') return !isPresenting
  return !hasKeys && key.length === 1 && key !== ' ' && !ctrlKey && !metaKey
}

/** Whether the focused control needs the key itself. Nobody writes with Ctrl K or F9. */
function isTaken(target: Element, key: string, command: Command): boolean {
  if (target.closest('[role="dialog"], [role="listbox"], [role="menu"]')) return true
  const input = target.closest('input')
  const isWriting =
    target.closest('textarea, [contenteditable]') !== null ||
    (input && !['range', 'radio', 'checkbox'].includes(input.type))
  if (isWriting) return command.do !== 'palette' && command.do !== 'breakpoint'
  const isMove = key.startsWith('Arrow') || key === 'Home' || key === 'End'
  if (isMove) return target.closest('input, select, [role="tab"], [role="slider"]') !== null
  return key === ' ' && target.closest('button, a, summary, input, select, [role="combobox"]') !== null
}

function perform(command: Command, openHelp: () => void, openPalette: () => void): void {
  const { at, duration } = playhead.getState()
  switch (command.do) {
    case 'toggle':
      toggle()
      break
    case 'help':
      openHelp()
      break
    case 'present':
      togglePresenting()
      break
    case 'crowd':
      view.setState(({ hasCrowd }) => ({ hasCrowd: !hasCrowd }))
      break
    case 'loop':
      toggleLoop()
      break
    case 'page':
      void jump(command.direction)
      break
    case 'palette':
      openPalette()
      break
    case 'change':
      void jump(command.direction)
      break
    case 'failure':
      void jump(command.direction, 'failure')
      break
    case 'breakpoint':
      void import('../breakpoints/watch.ts').then(({ toNextStop }) => toNextStop())
      break
    case 'undo':
      history.getState().undo()
      break
    case 'redo':
      history.getState().redo()
      break
    case 'step':
      void stepEvent(command.direction)
      break
    case 'second':
      seek(at + command.direction * 1e9)
      break
    case 'seek':
      seek(command.share * duration)
      break
    case 'speed':
      setSpeed(command.speed)
      break
  }
}
