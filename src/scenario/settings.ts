/**
 * Settings change a scenario file from outside: `--set tiers.web.replicas=8`, or a variant. A path names keys
 * as in the file, items of lists counted from 1; what is not in the file yet is added, but no tiers and no
 * client populations.
 */

import { nearest } from '../base/nearest.ts'
import type { Shape } from './shapes/shape.ts'
import { complain, didYouMean, type Spot } from './source/problem-list.ts'
import { type Entry, list, map, type Place, type Tree } from './source/tree.ts'

export interface Setting {
  /** `tiers.web.replicas`. */
  readonly path: string
  readonly place: Place
  readonly value: Tree
}

const LONGEST_PATH = 200
const MOST_KEYS = 16

/** The file as changed by the settings, one after the other; a wrong one is noted and left out. */
export function applySettings(
  file: Tree,
  settings: readonly Setting[],
  shape: Shape<unknown>,
  spot: Spot,
): Tree {
  return settings.reduce((changed, setting) => apply(changed, setting, shape, spot), file)
}

function apply(file: Tree, setting: Setting, shape: Shape<unknown>, spot: Spot): Tree {
  const keys = setting.path.split('.')
  const at = { ...spot, path: spot.path === '' ? setting.path : `${spot.path}.${setting.path}` }
  if (setting.path.length > LONGEST_PATH || keys.length > MOST_KEYS || keys.includes('')) {
    complain(at, setting.place, `"${setting.path.slice(0, 60)}" is not a path, such as tiers.web.replicas`)
    return file
  }
  if (keys[0] === 'variants') {
    complain(at, setting.place, '"variants" cannot be set from outside')
    return file
  }
  return put(file, shape, keys, setting, at) ?? file
}

/** The tree with the value put at `keys`; undefined after having noted what is wrong. */
function put(
  tree: Tree | undefined,
  shape: Shape<unknown> | undefined,
  keys: readonly string[],
  setting: Setting,
  spot: Spot,
): Tree | undefined {
  const [key, ...rest] = keys
  const { place, value } = setting
  if (key === undefined) return value
  if (!shape?.child) {
    const whole = setting.path.split('.').slice(0, -keys.length).join('.')
    return complain(spot, place, `"${whole}" has nothing called "${key}" in it`)
  }
  if (tree?.kind === 'list') return putItem(tree, shape, keys, setting, spot)
  const all = tree?.kind === 'map' ? tree.entries : []
  const index = all.findIndex((entry) => entry.key === key)
  if (index < 0 && shape.entriesAre !== undefined) {
    const names = all.map((entry) => entry.key)
    const message = `there is no ${shape.entriesAre} "${key}"; there are ${names.join(', ') || 'none'}`
    return complain(spot, place, message, () => didYouMean(nearest(key, names)))
  }
  const child = shape.child(key)
  // A key that the shape does not know is put in as well, so that reading says what would be right.
  const changed = child ? put(all[index]?.value, child, rest, setting, spot) : value
  if (!changed) return undefined
  const entry: Entry = { key, place, value: changed }
  const replaced = index < 0 ? [...all, entry] : all.with(index, entry)
  return map(shape.beside?.(replaced, key) ?? replaced, tree?.place ?? place, tree?.source)
}

function putItem(
  tree: Tree & { readonly kind: 'list' },
  shape: Shape<unknown>,
  [key = '', ...rest]: readonly string[],
  setting: Setting,
  spot: Spot,
): Tree | undefined {
  const index = /^[1-9]\d{0,6}$/.test(key) ? Number(key) - 1 : -1
  const item = tree.items[index]
  if (!item) {
    const message = `there is no item "${key}" in a list of ${tree.items.length}; items are counted from 1`
    return complain(spot, setting.place, message)
  }
  const changed = put(item, shape.child?.(key), rest, setting, spot)
  return changed && list(tree.items.with(index, changed), tree.place, tree.source)
}
