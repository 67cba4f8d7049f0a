/** Texts with variables in nginx's configuration. */

import { Unfit } from '../../unfit.ts'

/** A text with one variable, of which the recording gives the value. @throws Unfit when it has none, or several */
export function filledIn(expression: string, value: string): string {
  const [only, ...others] = [...expression.matchAll(/\$(?:\{\w+\}|\w+)/g)].map(([name]) => name)
  if (only === undefined || others.length > 0 || /^\$\{?binary_/.test(only)) {
    throw new Unfit(`nothing says what "${expression}" is for each request`)
  }
  return expression.replace(only, () => value)
}
