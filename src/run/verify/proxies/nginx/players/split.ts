/** Which value `split_clients` gives to each key. */

import { groupOf, splitLimits } from '../../../../../policies/hashing/split.ts'
import { Unfit } from '../../../unfit.ts'
import { allowOnly, textOf, textsOf } from '../../case-fields.ts'
import { compared } from '../../outcome.ts'
import type { Player } from '../../player.ts'
import { type Directive, readDirectives } from '../directives.ts'
import { filledIn } from '../expressions.ts'

export const splitPlayer: Player = {
  needs: ['location', 'keys'],
  play(scene) {
    allowOnly(scene, this.needs, ['parts'])
    const { tree } = readDirectives(scene.recording.config)
    const { words, block = [] } = splitIn(tree, textOf(scene, 'location'))
    const limits = splitLimits(block.map(({ name }) => hundredths(name)))
    const values = textsOf(scene, 'keys').map((key) => {
      const group = groupOf(limits, filledIn(words[0]!, key))
      return group < 0 ? '' : (block[group]!.words[0] ?? '')
    })
    return compared(scene.observed, typeof scene.observed === 'string' ? values.join('') : values)
  },
}

/** The `split_clients` whose variable a location uses. */
function splitIn(tree: readonly Directive[], path: string): Directive {
  const all = flat(tree)
  const splits = all.filter(
    ({ name, words, block }) => name === 'split_clients' && words.length === 2 && block,
  )
  const location = all.find(({ name, words }) => name === 'location' && words.at(-1) === path)
  if (!location?.block) throw new Unfit(`the configuration has no location "${path}"`)
  const said = flat(location.block).flatMap(({ words }) => words)
  const used = splits.filter(({ words: [, variable] }) => said.some((word) => mentions(word, variable!)))
  if (used.length !== 1) throw new Unfit(`location "${path}" must use one variable of "split_clients"`)
  return used[0]!
}

function mentions(word: string, variable: string): boolean {
  const name = variable.slice(1)
  return [...word.matchAll(/\$\{?(\w+)\}?/g)].some(([, mentioned]) => mentioned === name)
}

function hundredths(share: string): number | undefined {
  if (share === '*') return undefined
  if (/^\d{1,3}(\.\d{1,2})?%$/.test(share)) return Math.round(100 * Number(share.slice(0, -1)))
  throw new Unfit(`"${share}" is not a share`)
}

function flat(tree: readonly Directive[]): readonly Directive[] {
  return tree.flatMap((directive) => [directive, ...flat(directive.block ?? [])])
}
