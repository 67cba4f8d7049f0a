/** Presenter mode: for a projector. The whole screen where the browser lets it, large type, no panels. */

import { view } from '../stores/view.ts'

export function setPresenting(isPresenting: boolean): void {
  view.setState({ isPresenting })
  // Only a wish: some browsers refuse, and then a large page must do.
  if (isPresenting) document.documentElement.requestFullscreen?.().catch(() => undefined)
  else if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined)
}

export function togglePresenting(): void {
  setPresenting(!view.getState().isPresenting)
}
