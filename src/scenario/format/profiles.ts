/**
 * `profile`: what a product does when nothing else is said. A profile fills in settings of a tier that the
 * file leaves out, and the plain names of strategies mean that product's own.
 */

import { lookUp, type MapTree, map, type Tree, treeOf } from '../source/tree.ts'

export interface Profile {
  readonly title: string
  /** The version that its rules were checked against, or where they are written. */
  readonly checked: string
  /** As it would be written in a tier. */
  readonly settings: Readonly<Record<string, unknown>>
  /** The same of settings that count only where the file gives what is around them (checks, say). */
  readonly within: Readonly<Record<string, unknown>>
  /** What the plain names of strategies mean. */
  readonly strategies: Readonly<Record<string, string>>
}

export const profiles: Readonly<Record<string, Profile>> = {
  nginx: {
    title: 'nginx',
    checked: 'nginx 1.22.1, recorded',
    settings: {
      balancing: 'round-robin',
      health: { passive: { rule: 'nginx' } },
      retries: { rule: 'nginx' },
    },
    within: {
      rateLimit: { status: 503 },
      cache: { rule: 'nginx', coalesce: false, inactive: '10m' },
    },
    strategies: {},
  },
  haproxy: {
    title: 'HAProxy',
    checked: 'HAProxy 2.6.12, recorded',
    settings: {
      balancing: 'haproxy-round-robin',
      priorities: { rule: 'first-backup' },
      retries: { rule: 'haproxy' },
    },
    within: { health: { active: { rule: 'haproxy' } }, slowStart: { rule: 'haproxy' } },
    strategies: {
      'round-robin': 'haproxy-round-robin',
      'least-connections': 'haproxy-leastconn',
    },
  },
  envoy: {
    title: 'Envoy',
    checked: 'documentation of Envoy 1.31; not recorded',
    settings: {
      balancing: 'round-robin',
      priorities: { rule: 'spill' },
      panic: '50%',
      circuitBreakers: {},
    },
    within: { health: { active: { rule: 'envoy' } }, slowStart: { rule: 'envoy' } },
    strategies: { 'least-connections': 'least-request' },
  },
  varnish: {
    title: 'Varnish',
    checked: 'Varnish 7.1.1, recorded',
    settings: { balancing: 'varnish-hash' },
    within: { health: { active: { rule: 'varnish' } }, cache: { rule: 'varnish', grace: '10s' } },
    strategies: { hash: 'varnish-hash' },
  },
  'kube-proxy': {
    title: 'kube-proxy',
    checked: 'documentation of Kubernetes 1.31 (iptables mode); not recorded',
    settings: { balancing: { strategy: 'random', per: 'connection' } },
    within: { health: { active: { rule: 'kubernetes' } } },
    strategies: {},
  },
  alb: {
    title: 'AWS Application Load Balancer',
    checked: 'its user guide of 2024; not recorded',
    // It fails open where no target is healthy; one among as many as there can be is above this.
    settings: { balancing: 'round-robin', panic: '0.01%' },
    within: { health: { active: { rule: 'alb' } } },
    strategies: { 'least-connections': 'least-request' },
  },
}

/** A tier's tree with what its profile says wherever the file is silent. */
export function withProfile(tree: Tree): Tree {
  const named = lookUp(tree, 'profile')
  const name = named?.kind === 'scalar' ? String(named.value) : ''
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (profile === undefined || tree.kind !== 'map') return tree
  const within = filled(tree, treeOf(profile.within, named!.place) as MapTree, true)
  return renamed(filled(within, treeOf(profile.settings, named!.place) as MapTree), profile.strategies)
}

/**
 * Keys that the file leaves out; maps, and maps in lists, are filled within, but a strategy is chosen whole.
 * @param isGiven true: a map that the file leaves out stays out, and only its single values are filled in
 */
function filled(tree: MapTree, standard: MapTree, isGiven = false): MapTree {
  const entries = tree.entries.map((entry) => {
    const other = standard.entries.find(({ key }) => key === entry.key)?.value
    if (other?.kind !== 'map') return entry
    if (entry.value.kind === 'list') {
      const items = entry.value.items.map((item) =>
        item.kind === 'map' ? filled(item, other, isGiven) : item,
      )
      return { ...entry, value: { ...entry.value, items } }
    }
    if (entry.value.kind !== 'map') return entry
    const isChosen = entry.key === 'balancing' && lookUp(entry.value, 'strategy') !== undefined
    return isChosen ? entry : { ...entry, value: filled(entry.value, other, isGiven) }
  })
  const missing = standard.entries.filter(
    ({ key, value }) => !entries.some((entry) => entry.key === key) && !(isGiven && value.kind === 'map'),
  )
  return map([...entries, ...missing], tree.place, tree.source)
}

function renamed(tree: MapTree, names: Profile['strategies']): MapTree {
  const entries = tree.entries.map((entry) => {
    if (entry.key !== 'balancing') return entry
    const { value } = entry
    if (value.kind === 'scalar') return { ...entry, value: renameScalar(value, names) }
    if (value.kind !== 'map') return entry
    const inner = value.entries.map((part) =>
      part.key === 'strategy' && part.value.kind === 'scalar'
        ? { ...part, value: renameScalar(part.value, names) }
        : part,
    )
    return { ...entry, value: map(inner, value.place, value.source) }
  })
  return map(entries, tree.place, tree.source)
}

function renameScalar(tree: Tree & { readonly kind: 'scalar' }, names: Profile['strategies']): Tree {
  const name = String(tree.value)
  return Object.hasOwn(names, name) ? { ...tree, value: names[name]! } : tree
}
