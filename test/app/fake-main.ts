/** The screen on the fake engine, for work on the screen alone: /test/app/fake.html of `npm run dev`. */

import { openFirst } from '../../src/app/edits.ts'
import { start } from '../../src/app/start.tsx'
import { connect } from '../../src/worker/client.ts'
import { fakeEngine } from './fake-engine.ts'

const TEXT = `format: evenkeel/1
name: A crash that the balancer is slow to notice
summary: One of four replicas dies; active checks need three failures, two seconds apart.
seed: 7
duration: 2m
warmUp: 10s

clients:
  shoppers:
    arrivals: { poisson: { rate: 400/s } }
    timeout: 1s

tiers:
  web:
    balancing: { strategy: least-connections }
    replicas: 4
    service: { demand: { lognormal: { mean: 12ms, cv: 1.5 } }, concurrency: 2, queue: 64 }
    network: { latency: { constant: 0.5ms } }
    health: { active: { interval: 2s, timeout: 1s, fall: 3, rise: 2 } }

faults:
  - { at: 30s, crash: web/2 }
  - { at: 75s, recover: web/2 }

expect:
  - availability > 99%
  - latency.p99 < 250ms
`
const root = document.getElementById('root')
const engine = location.search === '?real' ? connect((why) => console.error(why)) : fakeEngine()
if (root) start(root, engine)
openFirst('fake', TEXT, 0)
