/** A map whose `rule` (or another key) says which of several sets of settings stand beside it. */

import { nearest } from '../../base/nearest.ts'
import { complain, didYouMean, type Spot, within } from '../source/problem-list.ts'
import { lookUp, type Tree } from '../source/tree.ts'
import type { Fields, RecordShape } from './record.ts'
import { quoted, type Shape } from './shape.ts'

/**
 * @param rules the settings of each rule, `rule` among them; the first is the one when none is named
 * @param by the key that names the rule
 */
export function ruled<F extends Fields>(
  of: string,
  rules: Readonly<Record<string, RecordShape<F>>>,
  by = 'rule',
): Shape<{ readonly rule: string; readonly settings: Readonly<Record<string, unknown>> }> {
  const names = Object.keys(rules)
  const what = `${of} are needed: a map with a ${by} (${names.join(', ')}) and its settings`
  const first = names[0]!

  function nameIn(tree: Tree, spot: Spot): string | undefined {
    const given = lookUp(tree, by)
    if (given === undefined) return first
    const name = given.kind === 'scalar' ? String(given.value) : ''
    if (names.includes(name)) return name
    const message = `${quoted(given)} is not a ${by} of ${of}; allowed: ${names.join(', ')}`
    return complain(within(spot, by), given.place, message, () => didYouMean(nearest(name, names)))
  }

  return {
    what,
    read(tree, spot) {
      const rule = nameIn(tree, spot)
      const settings = rule === undefined ? undefined : rules[rule]!.read(tree, spot)
      return settings && { rule: rule!, settings }
    },
    schema: (definitions) => ({ anyOf: names.map((name) => rules[name]!.schema(definitions)) }),
    child: (key) => names.map((name) => rules[name]!.child?.(key)).find((found) => found !== undefined),
  }
}
