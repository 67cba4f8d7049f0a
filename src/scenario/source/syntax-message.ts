/** What is wrong with a YAML text, in our words where YAML's own help nobody. */

import type { Flaw } from './compose.ts'
import { DEEPEST } from './tree-reader.ts'

const MESSAGES: Partial<Record<Flaw['code'], string>> = {
  TAB_AS_INDENT: 'a tab indents this line; YAML is indented with spaces',
  BAD_INDENT: 'this line is not indented like the ones it belongs to',
  MULTILINE_IMPLICIT_KEY: 'a key with its colon must be on one line; is a colon or a quote missing?',
  BLOCK_AS_IMPLICIT_KEY:
    'a "key: value" within a value; is it indented too far, or a second one on its line?',
  MULTIPLE_DOCS: 'a second document begins here; a scenario is one document',
  TOO_DEEP: `nested more than ${DEEPEST} levels deep, the most allowed`,
  TAG_RESOLVE_FAILED: 'tags ("!…") are not used in scenarios',
}

/** One sentence without the position, which the problem has. */
export function syntaxMessage({ code, message }: Flaw): string {
  if (/^implicit map keys/i.test(message))
    return 'this word stands alone; write "key: value", with a colon and a space'
  const own = MESSAGES[code]
  if (own) return own
  const sentence = message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')
  return `not valid YAML: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
}
