/** One setting on the form: its name with its meaning, the way to fill it in, and what is wrong with it. */

import { X } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { type Control, controlOf, sample, withNeeded } from '../../scenario/guide/control.ts'
import { mapsOf } from '../../scenario/guide/narrow.ts'
import { type Known, type Path, resolve, valueAt } from '../../scenario/guide/resolve.ts'
import { allowedAt } from '../../scenario/guide/words.ts'
import { put, take } from './changes.ts'
import css from './form.module.css'
import { ItemList } from './item-list.tsx'
import { Picked, Typed } from './plain-fields.tsx'
import { PolicyField } from './policy-field.tsx'
import { SettingsOf } from './settings-of.tsx'
import { dotted, type FieldProps, useSheet, words } from './sheet.ts'

export function Field({ path, label }: FieldProps) {
  const sheet = useSheet()
  const id = useId()
  const { file, root, problems } = sheet
  const known = resolve(root, path, file)
  const value = valueAt(file, path)
  const key = path.at(-1)
  const name = label ?? (typeof key === 'number' ? `${key + 1}` : words(String(key)))
  const own = problems.filter((problem) => problem.path === dotted(path))
  if (!known) return <Unknown path={path} name={name} />
  const control = controlOf(known, value, file)
  const isOwnBlock = control.kind === 'settings' || control.kind === 'list'
  const about = known.about
  return (
    <div className={css.field} data-block={isOwnBlock} data-path={dotted(path)}>
      <div className={css.head}>
        {isOwnBlock ? (
          <span className={css.name} data-tip={about}>
            {name}
          </span>
        ) : (
          <label className={css.name} htmlFor={id} data-tip={about}>
            {name}
          </label>
        )}
        <span className={css.ways}>
          {control.others.map((manner) => (
            <button
              key={manner}
              type="button"
              className={css.quiet}
              onClick={() => put(sheet, path, otherwise(manner))}
            >
              {MANNERS[manner]}
            </button>
          ))}
          {value !== undefined && !known.isNeeded && typeof key === 'string' && (
            <button
              type="button"
              className={css.remove}
              aria-label={`Take out ${name}`}
              data-tip={known.standard === undefined ? 'Take it out' : 'Back to the default'}
              onClick={() => take(path)}
            >
              <X size={14} aria-hidden="true" />
            </button>
          )}
        </span>
      </div>
      <Filling path={path} known={known} control={control} id={id} value={value} name={name} />
      <span hidden id={`${id}-about`}>
        {about} {allowedAt(known)}
      </span>
      {own.length > 0 && (
        <p className={css.wrong} id={`${id}-wrong`}>
          {own.map(({ message, hint }) => `${message} ${hint}`).join(' ')}
        </p>
      )}
    </div>
  )

  /** The same place said in another way, keeping what it says where that can be. */
  function otherwise(manner: 'plain' | 'settings' | 'list'): unknown {
    if (manner === 'plain') return plainSample(known!)
    if (manner === 'list') return [{}]
    const scalar = typeof value === 'object' ? undefined : value
    const maps = mapsOf(known!.schema, root)
    const settings = withNeeded(known!.schema, {}, root, file)
    const keys = Object.keys((maps[0]?.schema.properties ?? {}) as object)
    // A bare value mostly stands for one of the settings: the strategy, a count, attempts.
    const first = ['strategy', 'count', 'attempts', 'by', 'every', 'delay'].find((one) => keys.includes(one))
    return first && scalar !== undefined ? { ...settings, [first]: scalar } : settings
  }

  function plainSample({ schema, standard }: Known): unknown {
    if (standard !== undefined && typeof standard !== 'object') return standard
    const alternatives = known!.alternatives.filter(({ kind }) => kind !== 'map' && kind !== 'list')
    return sample(alternatives[0]?.schema ?? schema, root, file)
  }
}

const MANNERS = { plain: 'as one value', settings: 'more settings', list: 'one by one' } as const

interface FillingProps {
  readonly path: Path
  readonly known: Known
  readonly control: Control
  readonly id: string
  readonly value: unknown
  readonly name: string
}

function Filling(props: FillingProps): ReactNode {
  const { path, control, name } = props
  switch (control.kind) {
    case 'pick':
      return <Picked {...props} options={control.options} />
    case 'type':
      return <Typed {...props} suggestions={control.suggestions} isText={control.isText} />
    case 'policy':
      return <PolicyField {...props} control={control} />
    case 'settings':
      return <SettingsOf path={path} label={name} />
    case 'list':
      return <ItemList path={path} label={name} />
  }
}

/** A key that means nothing: the problem says so; here it can be taken out. */
function Unknown({ path, name }: { readonly path: Path; readonly name: string }) {
  const { problems } = useSheet()
  const own = problems.filter((problem) => problem.path === dotted(path))
  return (
    <div className={css.field} data-path={dotted(path)}>
      <div className={css.head}>
        <span className={css.name}>{name}</span>
        <button type="button" className={css.quiet} onClick={() => take(path)}>
          take out
        </button>
      </div>
      <p className={css.wrong}>
        {own.map(({ message, hint }) => `${message} ${hint}`).join(' ') || 'Not known.'}
      </p>
    </div>
  )
}
