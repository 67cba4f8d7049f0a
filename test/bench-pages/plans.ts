/** Clusters of every size that the stage must be able to show. */

import type { Plan } from '../app/stage/synthetic.ts'

const tier = (id: string, replicas: number, concurrency: number) => ({ id, replicas, concurrency })

export const PLANS: Readonly<Record<string, Plan>> = {
  small: { tiers: [tier('web', 4, 8)], rate: 120, service: 220, latency: 60, seconds: 20, crash: true },
  one: { tiers: [tier('web', 1, 1)], rate: 8, service: 100, latency: 5, seconds: 20 },
  busy: {
    tiers: [tier('web', 4, 8)],
    rate: 150,
    service: 240,
    latency: 80,
    seconds: 20,
    crash: true,
    queue: 4,
  },
  two: {
    tiers: [tier('web', 4, 8), tier('db', 3, 16)],
    populations: 3,
    rate: 100,
    service: 250,
    latency: 80,
    seconds: 20,
    crash: true,
    queue: 4,
  },
  three: {
    tiers: [tier('edge', 2, 64), tier('web', 8, 4), tier('db', 2, 24)],
    populations: 2,
    rate: 100,
    service: 200,
    latency: 60,
    seconds: 20,
    crash: true,
  },
  twelve: { tiers: [tier('web', 12, 4)], rate: 300, service: 140, latency: 60, seconds: 20, crash: true },
  sixty: { tiers: [tier('web', 60, 4)], rate: 1500, service: 140, latency: 60, seconds: 10, crash: true },
  hundreds: { tiers: [tier('web', 300, 8)], rate: 3000, service: 600, latency: 60, seconds: 5, crash: true },
  thousands: {
    tiers: [tier('web', 10000, 4)],
    rate: 9000,
    service: 3000,
    latency: 60,
    seconds: 3,
    crash: true,
  },
}
