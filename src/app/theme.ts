/** What the page looks like: the person's choices, or the system's and their changes, put where CSS sees them. */

import { createStore } from 'zustand/vanilla'
import { type View, view } from './stores/view.ts'

/** The look that is on now, by a name of its own; canvases redraw when it changes. */
export const theme = createStore<{ readonly name: string }>()(() => ({ name: 'light' }))

/** Puts the look on the page and keeps it there, until the returned function is called. */
export function startTheme(): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const more = matchMedia('(prefers-contrast: more)')
  const apply = () => {
    const look = lookOf(view.getState(), dark.matches, more.matches)
    const name = Object.values(look).join(' ')
    // Writing what is there already would have everything that watches the page read its colours anew.
    if (theme.getState().name === name) return
    Object.assign(document.documentElement.dataset, look)
    theme.setState({ name })
  }
  apply()
  const stop = view.subscribe(apply)
  for (const query of [dark, more]) query.addEventListener('change', apply)
  return () => {
    for (const query of [dark, more]) query.removeEventListener('change', apply)
    stop()
  }
}

/** As data attributes of the page. */
export function lookOf(
  { theme: chosen, contrast, palette, isPresenting }: View,
  systemIsDark: boolean,
  systemWantsMore: boolean,
) {
  return {
    theme: chosen === 'system' ? (systemIsDark ? 'dark' : 'light') : chosen,
    contrast: contrast === 'system' ? (systemWantsMore ? 'high' : 'normal') : contrast,
    palette,
    presenter: String(isPresenting),
  }
}
