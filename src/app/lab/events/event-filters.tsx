/** Which events are wanted. */

import { useId } from 'react'
import type { Scenario } from '../../../scenario/scenario.ts'
import type { FactFilter } from '../../../worker/protocol.ts'
import controls from '../../parts/controls.module.css'
import { EVENT_GROUPS } from './event-words.ts'
import css from './events.module.css'

export interface LogFilter {
  /** Id of a group of kinds. */
  readonly group: string
  /** '' for everywhere, a tier's id, or a replica's. */
  readonly place: string
  /** As typed. */
  readonly request: string
  readonly failures: boolean
}

export const NO_FILTER: LogFilter = { group: 'all', place: '', request: '', failures: false }

/** As the engine takes it. @param nodesOf first and last node of a tier */
export function filterOf(
  { group, place, request, failures }: LogFilter,
  nodesOf: (tier: string) => readonly [number, number],
  names: readonly string[],
): FactFilter {
  const kinds = EVENT_GROUPS.find(({ id }) => id === group)?.kinds
  const node = names.indexOf(place)
  const nodes = place === '' ? undefined : node >= 0 ? ([node, node] as const) : nodesOf(place)
  return {
    ...(kinds ? { kinds } : {}),
    ...(nodes ? { nodes } : {}),
    ...(/^\d{1,12}$/.test(request) ? { request: Number(request) } : {}),
    ...(failures ? { failures } : {}),
  }
}

interface EventFiltersProps {
  readonly filter: LogFilter
  readonly onChange: (filter: LogFilter) => void
  readonly scenario: Scenario
}

/** Replicas beyond which only tiers can be chosen. */
const MOST_NAMED = 200

export function EventFilters({ filter, onChange, scenario }: EventFiltersProps) {
  const id = useId()
  const count = scenario.tiers.reduce((sum, tier) => sum + tier.replicas.length, 0)
  return (
    <fieldset className={css.filters} aria-label="Filters">
      <label>
        <span>What</span>
        <select
          className={controls.field}
          value={filter.group}
          onChange={(event) => onChange({ ...filter, group: event.target.value })}
        >
          {EVENT_GROUPS.map((group) => (
            <option key={group.id} value={group.id}>
              {group.title}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Where</span>
        <select
          className={controls.field}
          value={filter.place}
          onChange={(event) => onChange({ ...filter, place: event.target.value })}
        >
          <option value="">Everywhere</option>
          {scenario.tiers.map((tier) => (
            <optgroup key={tier.id} label={tier.id}>
              <option value={tier.id}>all of {tier.id}</option>
              {count <= MOST_NAMED &&
                tier.replicas.map((replica) => (
                  <option key={replica.id} value={replica.id}>
                    {replica.id}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label htmlFor={id}>
        <span>Request</span>
        <input
          className={controls.field}
          id={id}
          inputMode="numeric"
          autoComplete="off"
          placeholder="any"
          value={filter.request}
          onChange={(event) => onChange({ ...filter, request: event.target.value.replace(/\D/g, '') })}
        />
      </label>
      <label className={css.check}>
        <input
          type="checkbox"
          checked={filter.failures}
          onChange={(event) => onChange({ ...filter, failures: event.target.checked })}
        />
        Failures only
      </label>
    </fieldset>
  )
}
