/** One of a list of things that each have a title and a sentence about them. */

import { Check, ChevronDown } from 'lucide-react'
import { Select } from 'radix-ui'
import css from './picker.module.css'

export interface Choice {
  readonly id: string
  readonly title: string
  readonly summary: string
}

interface PickerProps {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly value: string
  readonly onChange: (id: string) => void
  /** Shown before the value, inside the control. */
  readonly prefix?: string
  readonly look?: 'title' | 'control'
  /** Shown when the value is none of the choices. */
  readonly otherwise?: string
}

export function Picker({
  label,
  choices,
  value,
  onChange,
  prefix,
  look = 'control',
  otherwise,
}: PickerProps) {
  return (
    <Select.Root value={value} onValueChange={onChange}>
      <Select.Trigger className={css.trigger} data-look={look} aria-label={label}>
        {prefix && <span className={css.prefix}>{prefix}</span>}
        <span className={css.value}>
          <Select.Value placeholder={otherwise}>
            {choices.find((choice) => choice.id === value)?.title ?? otherwise}
          </Select.Value>
        </span>
        <Select.Icon className={css.arrow}>
          <ChevronDown size={14} aria-hidden="true" />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Content className={css.list} position="popper" sideOffset={4} collisionPadding={8}>
          <Select.Viewport className={css.viewport}>
            {choices.map(({ id, title, summary }) => (
              <Select.Item className={css.item} key={id} value={id} textValue={title}>
                <Select.ItemIndicator className={css.check}>
                  <Check size={14} aria-hidden="true" />
                </Select.ItemIndicator>
                <Select.ItemText>{title}</Select.ItemText>
                <span className={css.summary}>{summary}</span>
              </Select.Item>
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  )
}
