/** Everything that can be done, by name: what the palette lists. Names stay, so that fingers can learn them. */

import { catalogue } from '../../catalogue.ts'
import { SPEEDS_BY_NAME } from '../../controls/speeds.ts'
import { pickScenario, setStrategy } from '../../edits.ts'
import { stepEvent } from '../../engine.ts'
import { abilities } from '../../stores/abilities.ts'
import { draft, history } from '../../stores/draft.ts'
import { playhead, seek, setSpeed, toggle } from '../../stores/playhead.ts'
import { drawn, runs } from '../../stores/runs.ts'
import { type Panel, type ThemeChoice, view } from '../../stores/view.ts'
import { inspect } from '../inspected.ts'
import { jumpToChange } from '../jumps.ts'
import { nextFailure } from '../next-failure.ts'
import { placesOf } from '../places.ts'

export interface PaletteCommand {
  /** `Time: play or pause` */
  readonly title: string
  readonly keys?: string
  readonly run: () => void
}

/** Replicas beyond which they are looked for on the stage. */
const MOST_NAMED = 200

export function commandsNow(openHelp: () => void): readonly PaletteCommand[] {
  return [...ofTime(), ...ofWork(openHelp), ...ofView(), ...ofCluster(), ...ofScenarios()]
}

/** Those whose title has every word that was typed; those that begin with it first. */
export function matching(commands: readonly PaletteCommand[], typed: string): readonly PaletteCommand[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const place = ({ title }: PaletteCommand) => (words[0] ? title.toLowerCase().indexOf(words[0]) : 0)
  return commands
    .filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
    .toSorted((a, b) => place(a) - place(b))
}

function ofTime(): PaletteCommand[] {
  const { duration } = playhead.getState()
  return [
    { title: 'Time: play or pause', keys: 'Space', run: toggle },
    { title: 'Time: next change of state, belief or fault', keys: 'Ctrl →', run: () => jumpToChange(1) },
    { title: 'Time: previous change of state, belief or fault', keys: 'Ctrl ←', run: () => jumpToChange(-1) },
    { title: 'Time: next request that fails', run: () => void toFailure() },
    { title: 'Time: one event on', keys: '→', run: () => void stepEvent(1) },
    { title: 'Time: one event back', keys: '←', run: () => void stepEvent(-1) },
    { title: 'Time: to the beginning', keys: 'Home', run: () => seek(0) },
    { title: 'Time: to the end', keys: 'End', run: () => seek(duration) },
    ...SPEEDS_BY_NAME.map(({ name, speed, key }) => ({
      title: `Speed: ${name}`,
      keys: key,
      run: () => setSpeed(speed),
    })),
  ]
}

function ofWork(openHelp: () => void): PaletteCommand[] {
  return [
    { title: 'Edit: undo', keys: 'Ctrl Z', run: () => history.getState().undo() },
    { title: 'Edit: redo', keys: 'Ctrl Shift Z', run: () => history.getState().redo() },
    { title: 'Help: how to read and play it', keys: '?', run: openHelp },
  ]
}

const PANELS: readonly (readonly [id: Panel, title: string])[] = [
  ['charts', 'charts'],
  ['figures', 'figures'],
  ['events', 'the event log'],
  ['inspect', 'ask why: requests, replicas, balancers'],
  ['scenario', 'the scenario as text'],
]
const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark']

function ofView(): PaletteCommand[] {
  return [
    ...PANELS.map(([panel, title]) => ({
      title: `Show: ${title}`,
      run: () => view.setState({ panel, isPanelOpen: true }),
    })),
    {
      title: 'Show: hide or show the panel',
      run: () => view.setState(({ isPanelOpen }) => ({ isPanelOpen: !isPanelOpen })),
    },
    ...THEMES.map((theme) => ({ title: `Theme: ${theme}`, run: () => view.setState({ theme }) })),
  ]
}

function ofCluster(): PaletteCommand[] {
  const [lane] = drawn(runs.getState().lanes)
  if (!lane) return []
  const { scenario } = lane.current
  const { names } = placesOf(scenario)
  return [
    ...names.slice(0, MOST_NAMED).map((name, node) => ({
      title: `Inspect: replica ${name}`,
      run: () => inspect(lane.key, { kind: 'replica', node }),
    })),
    ...scenario.tiers.map(({ id }, tier) => ({
      title: `Inspect: balancing of ${id}`,
      run: () => inspect(lane.key, { kind: 'balancer', tier }),
    })),
    ...(draft.getState().scenario?.tiers ?? []).flatMap(({ id }) =>
      abilities.getState().strategies.map((strategy) => ({
        title: `Balance ${id}: ${strategy.title}`,
        run: () => setStrategy(id, strategy.id),
      })),
    ),
  ]
}

function ofScenarios(): PaletteCommand[] {
  return catalogue
    .getState()
    .entries.map(({ id, title }) => ({ title: `Open: ${title}`, run: () => pickScenario(id) }))
}

async function toFailure(): Promise<void> {
  const [lane] = drawn(runs.getState().lanes)
  const request = lane && (await nextFailure(lane.current.number))
  if (lane && request !== undefined) inspect(lane.key, { kind: 'request', request })
}
