/** The settings of a map: those that are there, those that matter most, and a list of all others to add. */

import { keysOf, mapsOf } from '../../scenario/guide/narrow.ts'
import { type Path, plainMap, resolve, valueAt } from '../../scenario/guide/resolve.ts'
import { addSetting } from './changes.ts'
import css from './form.module.css'
import { goToNewField } from './go-to-field.ts'
import { dotted, useSheet, words } from './sheet.ts'

interface SettingsOfProps {
  readonly path: Path
  /** Of what they are, for the name of the list. */
  readonly label: string
  /** Shown also while they are not there. */
  readonly always?: readonly string[]
  /** Shown elsewhere. */
  readonly without?: readonly string[]
}

export function SettingsOf({ path, label, always = [], without = [] }: SettingsOfProps) {
  const sheet = useSheet()
  const { file, root, problems, Field } = sheet
  const place = resolve(root, path, file)
  const written = plainMap(valueAt(file, path))
  const keys = place ? keysOf(mapsOf(place.schema, root), written, root) : []
  const isShown = (name: string) => Object.hasOwn(written, name) || always.includes(name)
  const known = keys.filter(({ name }) => !without.includes(name))
  const shown = [
    ...known.filter(({ name, isNeeded }) => isShown(name) || isNeeded).map(({ name }) => name),
    ...Object.keys(written).filter(
      (name) => !without.includes(name) && !keys.some((key) => key.name === name),
    ),
  ]
  const others = known.filter(({ name, isNeeded }) => !isShown(name) && !isNeeded)
  const own = problems.filter((problem) => problem.path === dotted(path))
  return (
    <div className={css.settings}>
      {own.length > 0 && path.length < 3 && (
        <p className={css.wrong}>{own.map(({ message, hint }) => `${message} ${hint}`).join(' ')}</p>
      )}
      {shown.map((name) => (
        <Field key={name} path={[...path, name]} />
      ))}
      {others.length > 0 && (
        <select
          className={css.add}
          aria-label={`Add a setting to ${label}`}
          value=""
          onChange={(event) => {
            addSetting(sheet, path, event.target.value)
            goToNewField(dotted([...path, event.target.value]))
          }}
        >
          <option value="">add a setting …</option>
          {others.map(({ name, schema }) => (
            <option key={name} value={name}>
              {words(name)}: {shortly(String(schema.description ?? ''))}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}

const LONGEST = 70

function shortly(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
