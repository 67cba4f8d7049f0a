/** Everything that can be done, by name: what the palette lists. Names stay, so that fingers can learn them. */

import type { Scenario } from '../../../scenario/scenario.ts'
import { forkHere } from '../../branches/fork.ts'
import { beginAnew } from '../../build/begin-anew.ts'
import { CLIENT_STARTS, TIER_STARTS } from '../../build/starts.ts'
import { catalogue } from '../../catalogue.ts'
import { SPEEDS_BY_NAME } from '../../controls/speeds.ts'
import { pickScenario, setStrategy } from '../../edits.ts'
import { stepEvent } from '../../engine.ts'
import { HAPPENINGS } from '../../faults/kinds.ts'
import { canHappen } from '../../faults/targets.ts'
import { type Area, touch } from '../../faults/touched.ts'
import { togglePresenting } from '../../look/presenter.ts'
import { abilities } from '../../stores/abilities.ts'
import { lookAtAll } from '../../stores/brush.ts'
import { draft, history } from '../../stores/draft.ts'
import { toggleLoop } from '../../stores/loop.ts'
import { clearPins, pins } from '../../stores/pins.ts'
import { playhead, seek, setSpeed, toggle } from '../../stores/playhead.ts'
import { drawn, runs } from '../../stores/runs.ts'
import {
  type ContrastChoice,
  type PaletteChoice,
  type Panel,
  type ThemeChoice,
  view,
} from '../../stores/view.ts'
import { type JumpTo, toggleDrawer } from '../../timeline/tools.ts'
import { EVERYBODY, inspect } from '../inspected.ts'
import { JUMPS, jump } from '../jumps.ts'
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
    { title: 'Time: play the chosen stretch in a loop, or no longer', keys: 'L', run: toggleLoop },
    ...Object.entries(JUMPS).flatMap(([to, what]) => [
      { title: `Time: next ${what}`, run: () => void jump(1, to as JumpTo) },
      { title: `Time: previous ${what}`, run: () => void jump(-1, to as JumpTo) },
    ]),
    { title: 'Time: why the next request fails', run: () => void toFailure() },
    {
      title: 'Time: to the next breakpoint',
      keys: 'F9',
      run: () => void import('../../breakpoints/watch.ts').then(({ toNextStop }) => toNextStop()),
    },
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
    { title: 'Branch: fork from here', run: forkHere },
    { title: 'Branch: show or hide branches', run: () => toggleDrawer('branches') },
    { title: 'Time: show or hide breakpoints', run: () => toggleDrawer('breakpoints') },
    { title: 'Edit: show or hide the palette of what can happen', run: () => toggleDrawer('faults') },
    { title: 'Help: how to read and play it', keys: '?', run: openHelp },
  ]
}

const PANELS: readonly (readonly [id: Panel, title: string])[] = [
  ['charts', 'charts'],
  ['figures', 'figures'],
  ['events', 'the event log'],
  ['inspect', 'ask why: requests, replicas, balancers'],
  ['scenario', 'the scenario, as text or form'],
]
const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark']
const CONTRASTS: readonly ContrastChoice[] = ['system', 'normal', 'high']
const PALETTES: readonly (readonly [id: PaletteChoice, title: string])[] = [
  ['standard', 'Okabe and Ito'],
  ['vibrant', 'Tol vibrant'],
]

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
    {
      title: 'Show: sessions and addresses on the stage, or hide them',
      keys: 'S',
      run: () => view.setState(({ hasCrowd }) => ({ hasCrowd: !hasCrowd })),
    },
    { title: 'Charts: the whole run', run: lookAtAll },
    { title: 'Charts: set two cursors by clicks', run: () => pins.setState({ isSetting: true }) },
    { title: 'Charts: remove the two cursors', run: clearPins },
    ...THEMES.map((theme) => ({ title: `Theme: ${theme}`, run: () => view.setState({ theme }) })),
    ...CONTRASTS.map((contrast) => ({
      title: `Contrast: ${contrast}`,
      run: () => view.setState({ contrast }),
    })),
    ...PALETTES.map(([palette, title]) => ({
      title: `Colours: ${title}`,
      run: () => view.setState({ palette }),
    })),
    { title: 'Show: presenter mode, or leave it', keys: 'P', run: togglePresenting },
    {
      title: 'Keys: single keys on or off',
      run: () => view.setState(({ hasKeys }) => ({ hasKeys: !hasKeys })),
    },
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
    ...whatCanHappen(scenario),
    ...scenario.clients.map(({ id }, client) => ({
      title: `Inspect: clients ${id}`,
      run: () => inspect(lane.key, { kind: 'clients', client }),
    })),
    ...scenario.clients.map(({ id }, client) => ({
      title: `Inspect: sessions and addresses of ${id}`,
      run: () => inspect(lane.key, { kind: 'crowd', client, ...EVERYBODY }),
    })),
    {
      title: 'Inspect: the next session that moves or is lost',
      run: () => void import('../next-moved.ts').then(({ toNextMoved }) => toNextMoved(lane)),
    },
    ...scenario.tiers.flatMap(({ id, cache }, tier) =>
      cache
        ? [{ title: `Inspect: caches of ${id}`, run: () => inspect(lane.key, { kind: 'cache', tier }) }]
        : [],
    ),
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

/** Every part of the stage by its name, and everything that can happen. */
function whatCanHappen(scenario: Scenario): PaletteCommand[] {
  const parts = [
    'balancer',
    ...scenario.clients.map(({ id }) => id),
    ...scenario.tiers.flatMap(({ id, replicas }) => [id, ...replicas.map((replica) => replica.id)]),
  ]
  return [
    ...parts.slice(0, MOST_NAMED).map((target) => ({
      title: `Change: ${target}`,
      run: () => touch({ kind: 'node', target }, stagePlace(target)),
    })),
    ...HAPPENINGS.filter((kind) => canHappen(kind, scenario)).map(({ id, title }) => ({
      title: `Happen: ${title.toLowerCase()}`,
      run: () => touch({ kind: 'new', what: id }, stagePlace('')),
    })),
  ]
}

/** Where it is on the stage; the middle of the window when it is not to be seen. */
function stagePlace(target: string): Element | Area {
  const found = [...document.querySelectorAll<HTMLElement>('.stage [data-target]')].find(
    (element) => element.dataset.target === target,
  )
  return found ?? { left: innerWidth / 2 - 180, top: 120, width: 360, height: 0 }
}

function ofScenarios(): PaletteCommand[] {
  return [
    ...ofBuilding(),
    ...catalogue
      .getState()
      .entries.map(({ id, title }) => ({ title: `Open: ${title}`, run: () => pickScenario(id) })),
  ]
}

/** Brings the parser along where it is not here yet. */
function ofBuilding(): PaletteCommand[] {
  const build = (use: (parts: typeof import('../../build/parts.ts')) => void) => () =>
    void import('../../build/parts.ts').then(use)
  return [
    { title: 'Build: a new scenario', run: () => void beginAnew() },
    ...TIER_STARTS.map((start) => ({
      title: `Build: add a tier: ${start.title}`,
      run: build(({ addTier }) => void addTier(start)),
    })),
    ...CLIENT_STARTS.map((start) => ({
      title: `Build: add clients: ${start.title}`,
      run: build(({ addClients }) => void addClients(start)),
    })),
    { title: 'Build: add a variant', run: build(({ addVariant }) => addVariant()) },
    { title: 'Build: add an expectation', run: build(({ addExpectation }) => addExpectation()) },
  ]
}

async function toFailure(): Promise<void> {
  const [lane] = drawn(runs.getState().lanes)
  const request = lane && (await nextFailure(lane.current.number))
  if (lane && request !== undefined) inspect(lane.key, { kind: 'request', request })
}
