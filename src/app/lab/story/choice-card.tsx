/** Why a replica was chosen: what the balancer saw of each candidate, and how it really was there. */

import { standingWords } from '../../../policies/upstream/standing-words.ts'
import type { Candidate, Choice } from '../../../worker/protocol.ts'
import { plain, span } from '../../format.ts'
import { Term } from '../../parts/term.tsx'
import unseen from '../../parts/unseen.module.css'
import { strategyTitle } from '../../stores/abilities.ts'
import { goTo, inspect } from '../inspected.ts'
import { capital, type Places, senderName } from '../places.ts'
import css from './story.module.css'

/** Candidates beyond which the rest is folded. */
const FEW = 8

const HOW: Readonly<Record<Choice['how'], string>> = {
  picked: '',
  waits: 'Every replica was full, so it waited in line.',
  'turned away': 'Nobody could take it, so it was turned away.',
  'place came free': 'It had waited in line; this replica was the first with room again.',
  bound: 'No choice was made: its client sticks to this replica, or its connection leads there.',
  again: 'No choice was made: the balancer tried the same replica once more.',
}

interface ChoiceCardProps {
  readonly choice: Choice
  readonly born: number
  readonly places: Places
  readonly lane: string
}

export function ChoiceCard({ choice, born, places, lane }: ChoiceCardProps) {
  const { at, from, chosen, how, strategy, tier, candidates, omitted, seenAt } = choice
  const to = chosen < 0 ? places.scenario.tiers[tier]!.id : places.names[chosen]
  const ranked = [...candidates].sort(
    (a, b) => Number(b.node === chosen) - Number(a.node === chosen) || rank(a) - rank(b),
  )
  const more = omitted + Math.max(0, ranked.length - FEW)
  return (
    <section className={css.choice}>
      <h3>
        <span>
          {from < 0 ? capital(senderName(places, from)) : senderName(places, from)} → {to}
        </span>
        <button type="button" className={css.time} onClick={() => goTo(at)}>
          +{span(at - born)}
        </button>
      </h3>
      <p className={css.note}>
        {HOW[how]}
        {candidates.length > 0 && how === 'picked' && (
          <>
            By{' '}
            <button
              type="button"
              className={css.link}
              onClick={() => inspect(lane, { kind: 'balancer', tier })}
            >
              {strategyTitle(strategy)}
            </button>
            , from {candidates.length + omitted} candidate{candidates.length + omitted === 1 ? '' : 's'}.{' '}
          </>
        )}
        {candidates.length > 0 && <Age at={at} seenAt={seenAt} />}
      </p>
      {candidates.length > 0 && (
        <Candidates some={ranked.slice(0, FEW)} chosen={chosen} places={places} lane={lane} />
      )}
      {more > 0 && <p className={css.note}>and {more} more</p>}
    </section>
  )
}

function Age({ at, seenAt }: Pick<Choice, 'at' | 'seenAt'>) {
  if (Number.isNaN(seenAt)) return 'Its counts were its own, as they were at that moment.'
  return `Its counts were ${span(at - seenAt)} old.`
}

interface CandidatesProps {
  readonly some: readonly Candidate[]
  readonly chosen: number
  readonly places: Places
  readonly lane: string
}

function Candidates({ some, chosen, places, lane }: CandidatesProps) {
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">Candidate</th>
            <Head definition="What the strategy compares; the reason says which wins.">Score</Head>
            <Head definition="Requests that the balancer believed to have there, not yet answered.">
              In flight
            </Head>
            <Head definition="Requests that truly were there then, from whomever: in service, waiting, or waiting for the next tier. The balancer does not see this.">
              Truly
            </Head>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {some.map((one) => (
            <tr key={one.node} data-chosen={one.node === chosen || undefined}>
              <th scope="row">
                <button
                  type="button"
                  className={css.link}
                  onClick={() => inspect(lane, { kind: 'replica', node: one.node })}
                >
                  {places.names[one.node]}
                </button>
                {one.node === chosen && <span className={unseen.words}> (chosen)</span>}
              </th>
              <td>{plain(one.figure ?? one.score)}</td>
              <td>{one.inFlight}</td>
              <td>{one.health === 0 ? one.busy + one.waiting + one.below : CONDITION[one.health]}</td>
              <td className={css.reason} data-out={one.out !== 0 || undefined}>
                {standingWords(one.out) || one.note}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Head({ children, definition }: { readonly children: string; readonly definition: string }) {
  return (
    <th scope="col">
      <Term definition={definition}>{children}</Term>
    </th>
  )
}

const CONDITION = ['', 'crashed', 'hung', 'gone', 'starting', 'stopping']

const rank = ({ score, out }: Candidate) => (Number.isNaN(score) || out !== 0 ? Number.MAX_VALUE : score)
