/** A policy: which one, and below it its own settings. A bare value stands for the simplest. */

import { isPolicyMap } from '../../scenario/guide/alternatives.ts'
import type { Control } from '../../scenario/guide/control.ts'
import { type Known, type Path, plainMap } from '../../scenario/guide/resolve.ts'
import { standardText } from '../../scenario/guide/words.ts'
import { chooseBare, choosePolicy, put, take } from './changes.ts'
import css from './form.module.css'
import { Typed } from './plain-fields.tsx'
import { SettingsOf } from './settings-of.tsx'
import { useSheet, words } from './sheet.ts'

interface PolicyFieldProps {
  readonly path: Path
  readonly known: Known
  readonly control: Control & { readonly kind: 'policy' }
  readonly id: string
  readonly value: unknown
  readonly name: string
}

const BARE = '='

export function PolicyField({ path, known, control, id, value, name }: PolicyFieldProps) {
  const sheet = useSheet()
  const { Field } = sheet
  const { options, chosen, hasBare } = control
  const standard = standardText(known.standard)
  const about = options.find((option) => option.value === chosen)?.about
  const inside = chosen ? plainMap(value)[chosen] : undefined
  const isMap = typeof inside === 'object' && inside !== null
  const choose = (picked: string) => {
    if (picked === '') take(path)
    else if (picked === BARE) chooseBare(sheet, path, bareOf(known))
    else choosePolicy(sheet, path, picked)
  }
  return (
    <>
      <select
        id={id}
        className={css.input}
        value={chosen === undefined ? '' : chosen === '' ? BARE : chosen}
        data-tip={known.about}
        aria-describedby={`${id}-about`}
        onChange={(event) => choose(event.target.value)}
      >
        {(chosen === undefined || !known.isNeeded) && (
          <option value="">{standard === undefined ? 'not set' : `${standard} (default)`}</option>
        )}
        {(hasBare || chosen === '') && <option value={BARE}>always the same</option>}
        {options.map((option) => (
          <option key={String(option.value)} value={String(option.value)}>
            {words(String(option.value))}
          </option>
        ))}
      </select>
      {about && <p className={css.about}>{about}</p>}
      {chosen === '' && (
        <div className={css.below}>
          <Typed
            path={path}
            known={known}
            id={`${id}-bare`}
            ariaLabel={`${name}: value`}
            value={value}
            suggestions={[]}
            isText={false}
          />
        </div>
      )}
      {chosen && isMap && (
        <div className={css.below}>
          <SettingsOf path={[...path, chosen]} label={`${name}, ${chosen}`} />
        </div>
      )}
      {chosen && inside !== undefined && !isMap && (
        <div className={css.below}>
          <Field path={[...path, chosen]} label="value" />
        </div>
      )}
      {chosen && inside === undefined && hasSettings(known, chosen) && (
        <div className={css.below}>
          <button type="button" className={css.quiet} onClick={() => put(sheet, path, { [chosen]: {} })}>
            settings of {words(chosen)} …
          </button>
        </div>
      )}
    </>
  )
}

function bareOf({ alternatives, standard }: Known): unknown {
  if (standard !== undefined && typeof standard !== 'object') return standard
  const quantity = alternatives.find(({ kind }) => kind === 'quantity')
  return ((quantity?.schema.examples ?? [1]) as unknown[])[0]
}

function hasSettings({ alternatives }: Known, policy: string): boolean {
  const policies = alternatives.find(isPolicyMap)?.schema.properties as Record<string, object> | undefined
  return JSON.stringify(policies?.[policy] ?? {}).includes('"properties":{"')
}
