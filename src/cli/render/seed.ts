/** A seed as it is shown: the empty text in quotes, as it could not be seen otherwise. */
export function seedText(seed: number | string | undefined): string {
  return seed === '' ? '""' : String(seed)
}
