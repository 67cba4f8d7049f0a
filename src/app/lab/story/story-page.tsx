/** One request: how it ended and why, its way, and the reason for each choice of a replica. */

import { useMemo } from 'react'
import type { Story } from '../../../worker/protocol.ts'
import { clock, span } from '../../format.ts'
import { OUTCOMES } from '../../stage/outcomes.ts'
import type { Run } from '../../stores/runs.ts'
import { goTo, inspect } from '../inspected.ts'
import { bearerName } from '../node/bearer-words.ts'
import { visitorName } from '../node/visitor-rows.ts'
import { placesOf } from '../places.ts'
import { useAsked } from '../use-asked.ts'
import { ChoiceCard } from './choice-card.tsx'
import css from './story.module.css'
import { Waterfall } from './waterfall.tsx'

interface StoryPageProps {
  readonly run: Run
  readonly lane: string
  readonly request: number
}

export function StoryPage({ run, lane, request }: StoryPageProps) {
  const places = useMemo(() => placesOf(run.scenario), [run.scenario])
  const { answer, to, isAsking, failure } = useAsked(`${run.number} ${request}`, (engine) =>
    engine.explain(run.number, request),
  )
  if (failure) return <p className={css.note}>The engine could not say: {failure}</p>
  if (!answer) {
    const text = isAsking || to === '' ? 'Being looked up …' : `Request ${request} has not been born yet.`
    return <p className={css.note}>{text}</p>
  }
  return (
    <article className={css.story} aria-busy={isAsking}>
      <Head story={answer} run={run} lane={lane} />
      <Causes story={answer} />
      <Waterfall story={answer} places={places} lane={lane} />
      <div className={css.choices}>
        {answer.choices.map((choice, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: choices of a story stay in order
          <ChoiceCard key={index} choice={choice} born={answer.born} places={places} lane={lane} />
        ))}
      </div>
    </article>
  )
}

function Head({ story, run, lane }: { readonly story: Story; readonly run: Run; readonly lane: string }) {
  const { request, client, address, bearer, key, born, settled, outcome } = story
  const isOpen = outcome < 0
  return (
    <header className={css.head}>
      <h2>Request {request}</h2>
      <p className={css.verdict} data-outcome={isOpen ? 'open' : outcome === 0 ? 'ok' : 'failed'}>
        {isOpen ? 'under way' : `${OUTCOMES[outcome]?.title} after ${span(settled - born)}`}
      </p>
      <p className={css.note}>
        From{' '}
        <button
          type="button"
          className={css.link}
          onClick={() => inspect(lane, { kind: 'visitor', address })}
        >
          {visitorName(address)}
        </button>{' '}
        in{' '}
        <button type="button" className={css.link} onClick={() => inspect(lane, { kind: 'session', bearer })}>
          {bearerName(bearer)}
        </button>{' '}
        of{' '}
        <button
          type="button"
          className={css.link}
          onClick={() =>
            inspect(lane, {
              kind: 'clients',
              client: run.scenario.clients.findIndex(({ id }) => id === client),
            })
          }
        >
          {client}
        </button>
        , for key {key}, born at{' '}
        <button type="button" className={css.link} onClick={() => goTo(born)}>
          {clock(born, 6)}
        </button>
      </p>
    </header>
  )
}

/** The chain of causes of a failure. */
function Causes({ story: { causes } }: { readonly story: Story }) {
  if (causes.length === 0) return null
  return (
    <section className={css.causes}>
      <h3>Why it failed</h3>
      <ol>
        {causes.map(({ at, text }) => (
          <li key={text}>
            <span>{text}</span>
            {!Number.isNaN(at) && (
              <button
                type="button"
                className={css.time}
                aria-label={`Go to ${clock(at, 3)}`}
                onClick={() => goTo(at)}
              >
                {clock(at, 3)}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
