/** Beside a heading: fills the stage with what it names. */

import { Scan } from 'lucide-react'
import { keepKeys } from '../keys.ts'

export function FocusButton({ name, onFocus }: { readonly name: string; readonly onFocus: () => void }) {
  const label = `Fill the stage with ${name}`
  return (
    <button
      type="button"
      className="stage-step"
      aria-label={label}
      data-tip={label}
      data-keys="Double click"
      onClick={onFocus}
      onKeyDown={keepKeys}
    >
      <Scan size={14} aria-hidden="true" />
    </button>
  )
}
