/** `variants`: the same workload with some settings changed; each is a map from dotted paths to values. */

import type { Variant } from '../scenario.ts'
import type { Setting } from '../settings.ts'
import { quoted, type Shape } from '../shapes/shape.ts'
import { complain, type Spot, within } from '../source/problem-list.ts'
import { plain, type Tree } from '../source/tree.ts'
import { MOST_VARIANTS } from './limits.ts'

const LONGEST_NAME = 60

const what =
  'a map from names to changed settings is needed, such as { random: { tiers.web.balancing: random } }'

/** What the file says; whether each variant is a right scenario is seen by reading it as one. */
export const variants: Shape<readonly Variant[]> = {
  what,
  read(tree: Tree, spot: Spot) {
    if (tree.kind === 'scalar' && tree.value === null) return []
    if (tree.kind !== 'map') return complain(spot, tree.place, `${quoted(tree)} is given; ${what}`)
    const { length } = tree.entries
    if (length > MOST_VARIANTS) {
      return complain(spot, tree.place, `${length} variants are given; the most allowed is ${MOST_VARIANTS}`)
    }
    const read = tree.entries.map(({ key, place, value }): Variant | undefined => {
      if (key.trim() === '' || key.length > LONGEST_NAME || key in {}) {
        const why =
          key in {}
            ? 'it is a word of JavaScript, choose another'
            : `1 to ${LONGEST_NAME} characters are needed`
        const message = `${JSON.stringify(key.slice(0, LONGEST_NAME))} cannot name a variant: ${why}`
        return complain(within(spot, key), place, message)
      }
      if (value.kind !== 'map') {
        return complain(
          within(spot, key),
          value.place,
          `${quoted(value)} is given; changed settings are needed`,
        )
      }
      return {
        name: key,
        set: Object.fromEntries(value.entries.map((entry) => [entry.key, plain(entry.value)])),
      }
    })
    return read.includes(undefined) ? undefined : (read as Variant[])
  },
  schema: () => ({
    type: ['object', 'null'],
    maxProperties: MOST_VARIANTS,
    additionalProperties: { type: 'object', description: 'Dotted paths, each with its new value.' },
  }),
}

/** The settings of each variant, with the places where they stand. */
export function settingsOf(
  variants: Tree | undefined,
): readonly { name: string; settings: readonly Setting[] }[] {
  if (variants?.kind !== 'map') return []
  return variants.entries.slice(0, MOST_VARIANTS).flatMap(({ key, value }) =>
    value.kind === 'map'
      ? [
          {
            name: key,
            settings: value.entries.map((entry) => ({
              path: entry.key,
              place: entry.place,
              value: entry.value,
            })),
          },
        ]
      : [],
  )
}
