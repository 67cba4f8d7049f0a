/** A choice of few, all in sight: native radio buttons that look like one control. */

import css from './parts.module.css'

interface SegmentsProps<T extends string> {
  readonly label: string
  readonly options: readonly { readonly value: T; readonly title: string }[]
  readonly value: string
  readonly onChange: (value: T) => void
}

export function Segments<T extends string>({ label, options, value, onChange }: SegmentsProps<T>) {
  return (
    <fieldset className={css.segments} aria-label={label}>
      {/* A form keeps its buttons' group to itself, and takes it along: the document keeps every name it ever had. */}
      <form onSubmit={(event) => event.preventDefault()}>
        {options.map((option) => (
          <label key={option.value} className={css.segment}>
            <input
              type="radio"
              name="choice"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.title}</span>
          </label>
        ))}
      </form>
    </fieldset>
  )
}
