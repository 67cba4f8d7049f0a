/** `agent`: a program on each replica that tells balancers what to make of it, as HAProxy's agent checks do. */

import { isAnswer } from '../../policies/health/agent-words.ts'
import type { AgentChecks, AgentEntry } from '../scenario.ts'
import { listOf, mapped } from '../shapes/collections.ts'
import { choiceOf, textOf, yesOrNo } from '../shapes/plain.ts'
import { durationOf, integerOf, shareOf } from '../shapes/quantity.ts'
import { needed, optional, record, standard } from '../shapes/record.ts'
import type { Shape } from '../shapes/shape.ts'
import { complain } from '../source/problem-list.ts'
import { MOST_FAULTS, MOST_REPLICAS, MOST_SLOTS } from './limits.ts'
import { refuseWithoutEffect } from './without-effect.ts'

const words: Shape<string> = mapped(textOf({ most: 100 }), (text, tree, spot) =>
  isAnswer(text)
    ? text
    : complain(
        spot,
        tree.place,
        `"${text}" is nothing that an agent can say; allowed: up, down, stopped, fail, ready, drain, maint, and 0% to 100%`,
      ),
)

const agentEntry = mapped(
  record(
    {
      at: needed(durationOf({ bare: 's' }), 'When, from the start of the run.'),
      words: needed(words, 'What it says then: of up, down, stopped, ready, drain, maint, 50%.'),
      replica: optional(
        integerOf({ min: 1, max: MOST_REPLICAS }),
        'Which of the tier’s replicas, counted from 1; left out: all.',
      ),
      for: optional(
        durationOf({ min: 0, above: true, bare: 's' }),
        'After so long it says up and ready, and its own words again; left out: never, or until its next entry.',
      ),
    },
    { of: 'an entry of an agent' },
  ),
  ({ at, words: said, replica = 0, for: lasts }): AgentEntry => ({
    at,
    ...(lasts === undefined ? {} : { until: at + lasts }),
    replica: replica - 1,
    words: said,
  }),
)

export const agent: Shape<AgentChecks> = mapped(
  record(
    {
      interval: standard(durationOf({ min: 1e6, bare: 's' }), 'Time from one question to the next.', '2s'),
      least: standard(
        shareOf({ min: 0.01, max: 1 }),
        'The least weight that it asks for; else it asks for the share of its slots that is idle.',
        '10%',
      ),
      weight: standard(
        choiceOf(['idle', 'none'], 'a weight to ask for'),
        'idle: the share of its slots that is idle; none: it asks for no weight.',
        'idle',
      ),
      drainAbove: optional(
        shareOf({ max: 1 }),
        'It says drain while a larger share of its slots is busy, else ready; left out: neither.',
      ),
      downAbove: optional(
        integerOf({ max: MOST_SLOTS }),
        'It says down while more requests wait at the replica, else up; left out: neither.',
      ),
      drainOnStop: standard(
        yesOrNo,
        'True: it says drain from the decision to stop its replica until that stops (preStop), else ready.',
        false,
      ),
      says: optional(
        listOf(agentEntry, { of: 'entries of an agent', most: MOST_FAULTS }),
        'What it is told to say, and when, in place of its own words.',
      ),
    },
    { of: 'agent' },
  ),
  (read, tree, spot): AgentChecks => {
    const { interval, least, weight, drainAbove, downAbove, drainOnStop, says } = read
    if (weight === 'none') {
      const why = 'does nothing with weight: none, where no weight is asked for'
      refuseWithoutEffect(tree, 'least', why, 'leave one of them out', spot)
    }
    return {
      interval,
      least,
      ...(weight === 'none' ? { asksNoWeight: true } : {}),
      ...(drainAbove === undefined ? {} : { drainAbove }),
      ...(downAbove === undefined ? {} : { downAbove }),
      ...(drainOnStop ? { drainsOnStop: true } : {}),
      ...(says === undefined ? {} : { says: says.toSorted((a, b) => a.at - b.at) }),
    }
  },
)
