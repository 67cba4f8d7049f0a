/** Variants: each by its name, with the settings that it changes. */

import { X } from 'lucide-react'
import { useMemo } from 'react'
import { sample } from '../../scenario/guide/control.ts'
import { keyHints } from '../../scenario/guide/hints.ts'
import { plainMap, resolve, valueAt } from '../../scenario/guide/resolve.ts'
import { put, take } from './changes.ts'
import { Field } from './field.tsx'
import { Fold } from './fold.tsx'
import css from './form.module.css'
import { NameField } from './name-field.tsx'
import { renameVariant } from './parts.ts'
import { useSheet } from './sheet.ts'

export function Variants() {
  const { file, problems } = useSheet()
  const all = Object.entries(plainMap(valueAt(file, ['variants'])))
  return (
    <ol className={css.parts}>
      {all.map(([name, set]) => (
        <li key={name} className={css.part}>
          <Fold
            isOpenAtFirst={all.length < 2}
            isWrong={problems.some(({ path }) => path.startsWith(`variants.${name}.`))}
            summary={
              <>
                <strong>{name}</strong>
                <span>{Object.keys(plainMap(set)).length} changed</span>
              </>
            }
          >
            <div className={css.tools}>
              <NameField
                name={name}
                label={`Name of variant ${name}`}
                rule="A name has 1 to 60 characters and is not taken yet."
                onRename={(to) => renameVariant(name, to)}
              />
              <button
                type="button"
                className={css.remove}
                aria-label={`Take out variant ${name}`}
                onClick={() => take(all.length > 1 ? ['variants', name] : ['variants'])}
              >
                <X size={14} aria-hidden="true" />
              </button>
            </div>
            <VariantSettings name={name} />
          </Fold>
        </li>
      ))}
    </ol>
  )
}

function VariantSettings({ name }: { readonly name: string }) {
  const sheet = useSheet()
  const { file, root } = sheet
  const path = ['variants', name]
  const set = plainMap(valueAt(file, path))
  const others = useMemo(() => keyHints(root, ['variants', name], file, false), [root, file, name])
  const add = (setting: string) => {
    const known = resolve(root, [...path, setting], file)
    const now = valueAt(file, setting.split('.'))
    if (known) put(sheet, [...path, setting], now ?? sample(known.schema, root, file))
  }
  return (
    <div className={css.settings}>
      {Object.keys(set).map((setting) => (
        <Field key={setting} path={[...path, setting]} label={setting} />
      ))}
      <select
        className={css.add}
        aria-label={`Change another setting in ${name}`}
        value=""
        onChange={(event) => add(event.target.value)}
      >
        <option value="">change another setting …</option>
        {others.map(({ label }) => (
          <option key={label} value={label}>
            {label}
          </option>
        ))}
      </select>
    </div>
  )
}
