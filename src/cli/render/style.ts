/** Colours and weights of the terminal, or none of them. */

import pico from 'picocolors'

export type Style = ReturnType<typeof pico.createColors>
export type Colour = 'green' | 'red' | 'yellow' | 'magenta' | 'cyan'

export function styleFor(isColoured: boolean): Style {
  return pico.createColors(isColoured)
}

/** What a stream of text is shown on. */
export interface Screen {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** The part of the environment that speaks of colour (no-color.org, force-color.org). */
export interface ColourWishes {
  readonly NO_COLOR?: string | undefined
  readonly FORCE_COLOR?: string | undefined
  readonly TERM?: string | undefined
}

/**
 * Whether to colour: the flag decides, then NO_COLOR and FORCE_COLOR, then whether a terminal is there.
 * @param flag --color, --no-color, or neither
 */
export function isColoured(flag: boolean | undefined, env: ColourWishes, screen: Screen): boolean {
  if (flag !== undefined) return flag
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return true
  return screen.isTTY === true && env.TERM !== 'dumb'
}

/** Characters in a line: what the terminal has, within reason; 100 where there is none. */
export function widthOf(screen: Screen): number {
  return Math.min(Math.max(screen.columns || 100, 60), 120)
}
