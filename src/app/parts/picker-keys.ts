/** What a key does to a list of choices, open or closed. */

export interface Move {
  /** The choice that is active now; -1 when the list is closed. */
  readonly active: number
  /** The choice that is taken. */
  readonly take?: number
  /** False when the key is to do what it would do anyway. */
  readonly handled: boolean
}

interface Key {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

const PAGE = 5

/** Undefined when the key has no meaning here. `active` is -1 while the list is closed. */
export function move(
  { key, ctrlKey, metaKey, altKey }: Key,
  active: number,
  chosen: number,
  choices: readonly { readonly title: string }[],
): Move | undefined {
  if (ctrlKey || metaKey || altKey) return undefined
  const last = choices.length - 1
  const isOpen = active >= 0
  const to = (index: number): Move => ({ active: Math.max(0, Math.min(last, index)), handled: true })
  if (!isOpen) {
    return ['ArrowDown', 'ArrowUp', 'Enter', ' '].includes(key) ? to(Math.max(0, chosen)) : undefined
  }
  switch (key) {
    case 'ArrowDown':
      return to(active + 1)
    case 'ArrowUp':
      return to(active - 1)
    case 'PageDown':
      return to(active + PAGE)
    case 'PageUp':
      return to(active - PAGE)
    case 'Home':
      return to(0)
    case 'End':
      return to(last)
    case 'Enter':
    case ' ':
      return { active: -1, take: active, handled: true }
    case 'Tab':
      return { active: -1, take: active, handled: false }
    case 'Escape':
      return { active: -1, handled: true }
  }
  return key.length === 1 ? to(beginningWith(key, active, choices)) : undefined
}

/** The next choice whose title begins with a letter; the active one when there is none. */
function beginningWith(
  letter: string,
  active: number,
  choices: readonly { readonly title: string }[],
): number {
  for (let ahead = 1; ahead <= choices.length; ahead++) {
    const index = (active + ahead) % choices.length
    if (choices[index]!.title.toLowerCase().startsWith(letter.toLowerCase())) return index
  }
  return active
}
