/** Every kind of timed entry, one after the other. */
export const EVERY_FAULT = `
clients: { users: { rate: 200/s, timeout: 1s } }
tiers:
  edge:
    replicas: 2
    balancers: 2
    cache: { capacity: 50, ttl: 10s, grace: 5s }
    health: { active: { interval: 300ms } }
  app:
    replicas: 5
    most: 7
    service: { demand: { exponential: { mean: 5ms } }, concurrency: 2 }
    health: { active: { interval: 300ms } }
    lifecycle: { boot: 300ms }
faults:
  - { at: 0.3s, crash: app/1, for: 400ms }
  - { at: 0.5s, hang: app/2, for: 400ms }
  - { at: 0.7s, slow: app/3, factor: 5, for: 400ms }
  - { at: 0.9s, errors: app/4, share: 50%, for: 400ms }
  - { at: 1.1s, pause: app/5, every: 50ms, lasts: 20ms, for: 400ms }
  - { at: 1.3s, flap: app/1, up: 100ms, down: 50ms, for: 400ms }
  - { at: 1.5s, partition: app/2, for: 400ms }
  - { at: 1.7s, latency: app/3, add: 20ms, for: 400ms }
  - { at: 1.9s, loss: app/4, share: 30%, for: 400ms }
  - { at: 2.1s, drain: app/5, for: 400ms }
  - { at: 2.3s, weight: app/1, share: 50%, for: 400ms }
  - { at: 2.5s, spike: users, factor: 3, for: 400ms }
  - { at: 2.7s, purge: edge }
  - { at: 2.9s, softPurge: edge }
  - { at: 3.1s, update: edge }
  - { at: 3.3s, reload: balancer/1 }
  - { at: 3.5s, crash: balancer/2, for: 400ms }
  - { at: 3.7s, scale: app, to: 6 }
  - { at: 4.5s, restart: app/2, takes: 300ms }
  - { at: 4.7s, balance: app, with: least-connections }
  - { at: 4.8s, slots: app, to: 1, for: 300ms }
  - { at: 4.9s, checks: app, interval: 200ms }
rollouts: [{ at: 5s, deploy: app }]
duration: 12s
`
