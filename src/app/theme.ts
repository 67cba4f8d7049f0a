/** Which theme is on: the person's choice, or the system's and its changes. */

import { createStore } from 'zustand/vanilla'
import { type ThemeChoice, view } from './stores/view.ts'

/** The theme that is on now; canvases redraw when it changes. */
export const theme = createStore<{ readonly name: 'light' | 'dark' }>()(() => ({ name: 'light' }))

/** Puts the theme on the page and keeps it there, until the returned function is called. */
export function startTheme(): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const name = resolve(view.getState().theme, system.matches)
    document.documentElement.dataset.theme = name
    if (theme.getState().name !== name) theme.setState({ name })
  }
  apply()
  system.addEventListener('change', apply)
  const stop = view.subscribe((now, before) => {
    if (now.theme !== before.theme) apply()
  })
  return () => {
    system.removeEventListener('change', apply)
    stop()
  }
}

function resolve(choice: ThemeChoice, systemIsDark: boolean): 'light' | 'dark' {
  return choice === 'system' ? (systemIsDark ? 'dark' : 'light') : choice
}
