/** In place of a stage whose scenario replays a log that does not come with the page: what it is, and how to give it. */

import { FileInput } from 'lucide-react'
import controls from '../parts/controls.module.css'
import css from './log-wanted.module.css'

export default function LogWanted({ file }: { readonly file: string }) {
  return (
    <section className={css.wanted} aria-label="A log is needed">
      <FileInput size={28} aria-hidden="true" />
      <h3>This scenario replays “{file}”, which does not come with this page.</h3>
      <p>
        Drop an access log in common or combined format anywhere on the page, or choose one. It stays on your
        computer. Any such log will do; nothing can run until there is one.
      </p>
      <button type="button" className={controls.button} onClick={chooseLog}>
        Choose a log …
      </button>
    </section>
  )
}

/** The way to the log for those who cannot drop it. */
function chooseLog(): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.log,.txt,text/plain'
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file) void import('../open-log.ts').then(({ openLog }) => openLog(file))
  })
  input.click()
}
