/** JSON for programs that people look at too: indented, but what is short and flat stands on one line. */

/** Characters of a line that holds a whole object. */
const SHORT = 100

export function prettyJson(value: unknown): string {
  return `${pretty(value, '')}\n`
}

function pretty(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const deeper = `${indent}  `
  const isList = Array.isArray(value)
  const entries = Object.entries(value).filter(([, part]) => isList || part !== undefined)
  const isFlat = entries.every(([, part]) => typeof part !== 'object' || part === null)
  const parts = entries.map(
    ([key, part]) => (isList ? '' : `${JSON.stringify(key)}: `) + pretty(part, deeper),
  )
  const [open, close, space] = isList ? ['[', ']', ''] : ['{', '}', ' ']
  if (entries.length === 0) return open + close
  const line = isFlat ? `${open}${space}${parts.join(', ')}${space}${close}` : ''
  if (isFlat && (isList || line.length <= SHORT)) return line
  return `${open}\n${parts.map((part) => deeper + part).join(',\n')}\n${indent}${close}`
}
