/** Recordings of agents, shut sessions, observed traffic, revalidation and idle objects depend on their configuration. */

import { expect, test } from 'vitest'
import { builtIn } from './built-in.ts'
import { outcomesOf } from './play-one.ts'

const health = builtIn('haproxy_agent_markdown')
const caching = builtIn('nginx_proxy_cache')

/** How a case of a recording ends when its configuration is another. */
function changed(recording: typeof health, index: number, from: string | RegExp, to: string) {
  const config = recording.config.replace(from, to)
  expect(config).not.toBe(recording.config)
  return outcomesOf({ ...recording, config })[index]!
}

test('an agent speaks of shares of the configured weight', () => {
  expect(changed(health, 0, 'weight 20', 'weight 40')).toMatchObject({ kind: 'failed', position: '[0][2]' })
  expect(changed(health, 0, 'agent-check', '')).toMatchObject({ kind: 'not run' })
})

test('sessions are shut only where the configuration says so', () => {
  const outcome = changed(health, 1, 'on-marked-down shutdown-sessions', '')
  expect(outcome).toMatchObject({ kind: 'failed', position: '[0][0]' })
  expect(changed(health, 1, 'shutdown-sessions', 'shutdown')).toMatchObject({ kind: 'not run' })
})

test('errors of traffic count up to the limit', () => {
  const sooner = changed(health, 2, 'error-limit 3', 'error-limit 2')
  expect(sooner).toMatchObject({ kind: 'failed', position: '[2][2]' })
  expect(changed(health, 2, 'on-error mark-down', 'on-error fastinter')).toMatchObject({ kind: 'failed' })
})

test('other recordings know nothing of such servers', () => {
  const recording = builtIn('haproxy_roundrobin')
  expect(changed(recording, 0, /server s1 (\S+)/g, 'server s1 $1 observe layer7')).toEqual({
    kind: 'not run',
    because: 'agents, shut sessions and observed traffic are not known in such an input',
  })
})

test('idle objects go when the cache manager looks, and not before', () => {
  const index = caching.input.findIndex((input) => input.case === 'inactive')
  expect(outcomesOf(caching)[index]).toMatchObject({ kind: 'held' })
  expect(changed(caching, index, 'inactive=2s', 'inactive=20s')).toMatchObject({
    kind: 'failed',
    position: '.responses[7][1]',
  })
})

test('nothing is revalidated where nothing says so', () => {
  const index = caching.input.findIndex((input) => input.case === 'revalidate_etag')
  expect(changed(caching, index, 'proxy_cache_revalidate on;', '')).toMatchObject({
    kind: 'failed',
    position: '.responses[2][1]',
  })
})
