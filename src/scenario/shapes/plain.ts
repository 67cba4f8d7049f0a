/** Shapes of texts, choices and yes-or-no. */

import { nearest } from '../../base/nearest.ts'
import { complain, didYouMean } from '../source/problem-list.ts'
import { quoted, type Shape } from './shape.ts'

/** True when a text has characters in it that a terminal takes for commands; tabs and ends of lines are none. */
export function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)
}

/** A text of at most `most` characters, without control characters. */
export function textOf({ most = 1000 }: { readonly most?: number } = {}): Shape<string> {
  const what = 'a text is needed'
  return {
    what,
    read(tree, spot) {
      if (tree.kind !== 'scalar' || tree.value === null) {
        return complain(spot, tree.place, `${quoted(tree)} is given; ${what}`)
      }
      // Numbers and booleans as written: `name: 2e3` is called "2e3".
      const text = typeof tree.value === 'string' ? tree.value : tree.source
      if (text.length > most) {
        const message = `${quoted(tree)} has ${text.length} characters; the most allowed is ${most}`
        return complain(spot, tree.place, message)
      }
      if (!hasControls(text)) return text
      return complain(spot, tree.place, `${quoted(tree)} has control characters in it`)
    },
    schema: () => ({ type: ['string', 'number', 'boolean'], maxLength: most }),
  }
}

/** One of a few names or numbers. */
export function choiceOf<const T extends string | number>(
  choices: readonly T[],
  noun = 'one of them',
): Shape<T> {
  const what = `allowed: ${choices.join(', ')}`
  return {
    what,
    read(tree, spot) {
      const value = tree.kind === 'scalar' ? tree.value : undefined
      const found = choices.find((choice) => choice === value)
      if (found !== undefined) return found
      const message = `${quoted(tree)} is not ${noun}; ${what}`
      return complain(spot, tree.place, message, () =>
        typeof value === 'string' ? didYouMean(nearest(value, choices.map(String))) : undefined,
      )
    },
    schema: () => ({ enum: choices }),
  }
}

export const yesOrNo: Shape<boolean> = {
  what: 'true or false is needed',
  read(tree, spot) {
    const value = tree.kind === 'scalar' ? tree.value : undefined
    if (typeof value === 'boolean') return value
    const meant = /^(?:yes|on|y)$/i.test(String(value))
      ? 'true'
      : /^(?:no|off|n)$/i.test(String(value))
        ? 'false'
        : ''
    const hint = meant === '' ? undefined : didYouMean(meant)
    return complain(spot, tree.place, `${quoted(tree)} is given; true or false is needed`, hint)
  },
  schema: () => ({ type: 'boolean' }),
}
