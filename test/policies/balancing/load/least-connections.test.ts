import { describe, expect, test } from 'vitest'
import { below, stream } from '../../../../src/base/stream.ts'
import { leastConnections } from '../../../../src/policies/balancing/least-connections.ts'
import { type Driven, drive, reply, script, send, set } from './driver.ts'
import { recording, serversOf } from './recordings.ts'

describe('nginx_least_conn', () => {
  const { config, input, observed } = recording('nginx_least_conn')
  test.each(input.map((recorded, k) => [recorded.upstream!, k] as const))('%s is picked alike', (name, k) => {
    expect(script(leastConnections, serversOf(config, name), input[k]!)).toEqual(observed[k])
  })
})

/** nginx's own loops over all servers. */
function plainPick({ pool }: Driven, current: number[], effective: number[]): number {
  const { weight, inFlight } = pool
  const ready = [...pool.ready.subarray(0, pool.readyCount)]
  let best = ready[0]!
  for (const i of ready) if (inFlight[i]! * weight[best]! < inFlight[best]! * weight[i]!) best = i
  const level = ready.filter((i) => inFlight[i]! * weight[best]! === inFlight[best]! * weight[i]!)
  if (level.length === 1) return best
  let total = 0
  for (const i of level) {
    current[i]! += effective[i]!
    total += effective[i]!
    if (effective[i]! < weight[i]!) effective[i]!++
  }
  for (const i of level) if (current[i]! > current[best]!) best = i
  current[best]! -= total
  return best
}

test.each([
  ['and weights stay whole', 0],
  ['and failures take of the weights', 3],
])("picks as nginx's loops over all servers do, through failures and long queues, %s", (_, penalties) => {
  const random = stream(5, 'least-connections')
  for (let n = 0; n < 40; n++) {
    const weights = Array.from({ length: 2 + below(random, 12) }, () => 1 + below(random, 1 + (n % 4)))
    const d = drive(leastConnections, weights)
    const current = weights.map(() => 0)
    const effective = [...weights]
    const open: number[] = []
    for (let k = 0; k < 500; k++) {
      const what = below(random, 20)
      if (below(random, 20) < penalties) {
        const i = below(random, weights.length)
        const taken = Math.trunc(weights[i]! / (1 + below(random, 3)))
        effective[i] = Math.max(0, effective[i]! - taken)
        leastConnections.penalised!(d.pool, d.memory, i, taken)
      }
      if (what < 11 && d.pool.readyCount > 0) {
        const plain = plainPick(d, current, effective)
        expect(send(d)).toBe(plain)
        open.push(plain)
      } else if (what < 19 && open.length > 0) {
        reply(d, open.splice(below(random, open.length), 1)[0]!)
      } else {
        const i = below(random, weights.length)
        set(d, i, d.pool.isReady[i] === 0)
      }
    }
  }
})
