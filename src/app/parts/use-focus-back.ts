/** Where the focus goes when a dialog that nothing on the page opened (a key did) is closed: to where it was. */

import { useState } from 'react'

/** For `onCloseAutoFocus` of the dialog's content. What has the focus by then, as a command gave it, keeps it. */
export function useFocusBack(): (event: Event) => void {
  const [before] = useState(() => document.activeElement)
  return (event) => {
    event.preventDefault()
    const { activeElement } = document
    if (activeElement !== null && activeElement !== document.body) return
    if (before instanceof HTMLElement) before.focus({ preventScroll: true })
  }
}
