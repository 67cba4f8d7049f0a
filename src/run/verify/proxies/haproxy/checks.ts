/** HAProxy's health checks of a backend, as its server lines set them. */

import {
  afterBad,
  afterGood,
  type CheckCounts,
  healthAtStart,
  isChanging,
  isUp,
} from '../../../../policies/health/haproxy-checks.ts'
import { plan } from '../agenda.ts'
import { type HaproxyProxy, mark } from './proxy.ts'

/** Told of what happens. */
export interface CheckWatch {
  /** A check arrives at a server. */
  arrived(server: number): void
  /** Its result is in. @param health HAProxy's number, from 0 to rise + fall - 1 */
  counted(server: number, health: number): void
}

/** Every server that has `check` is checked from now on; their first checks are spread over their interval. */
export function startChecks(p: HaproxyProxy, watch?: CheckWatch): void {
  const checked = p.backend.servers.flatMap(({ check }, server) => (check ? [{ check, server }] : []))
  checked.forEach(({ check, server }, place) => {
    let health = healthAtStart(check)
    const run = () => {
      watch?.arrived(server)
      const { took, isGood } = result(p.modes[server]!, p.backend.checksHttp, check.inter)
      plan(p.agenda, p.agenda.now + took, () => {
        const before = isUp(health, check)
        health = isGood ? afterGood(health, check) : afterBad(health, check)
        if (isUp(health, check) !== before) mark(p, server, !before)
        watch?.counted(server, health)
        plan(p.agenda, p.agenda.now + intervalAt(health), run)
      })
    }
    const intervalAt = (now: number) => {
      if (isChanging(now, check)) return check.fastinter
      return now === 0 ? check.downinter : check.inter
    }
    plan(p.agenda, p.agenda.now + (check.inter * place) / checked.length, run)
  })
}

/** As the statistics socket shows a server's health. */
export function statusOf(health: number, { rise, fall }: CheckCounts): string {
  if (health === rise + fall - 1) return 'UP'
  if (health >= rise) return `UP ${health - rise + 1}/${fall}`
  return health === 0 ? 'DOWN' : `DOWN ${health}/${rise}`
}

/** A check over HTTP wants an answer of 2xx or 3xx, one over TCP a connection. */
function result(mode: string, isHttp: boolean, inter: number) {
  if (mode === 'refuse') return { took: 0, isGood: false }
  if (!isHttp) return { took: 0, isGood: true }
  if (mode === 'hang') return { took: inter, isGood: false }
  return { took: 0, isGood: mode === 'ok' || /^status:[23]/.test(mode) }
}
