/** The scenario as a form: the same text, filled in by settings; what is not there can be added from lists. */

import { type ReactNode, useMemo } from 'react'
import { useStore } from 'zustand'
import { treeIn } from '../../scenario/edit/revise.ts'
import { readLoosely } from '../../scenario/guide/place-at.ts'
import { plainMap } from '../../scenario/guide/resolve.ts'
import type { Problem } from '../../scenario/problem.ts'
import { schemaOnce } from '../../scenario/schema.ts'
import { draft } from '../stores/draft.ts'
import { Field } from './field.tsx'
import css from './form.module.css'
import { goToNewField } from './go-to-field.ts'
import { ItemList } from './item-list.tsx'
import { PartList, type PartsOf } from './part-list.tsx'
import { addClients, addExpectation, addFault, addTier, addVariant } from './parts.ts'
import { SettingsOf } from './settings-of.tsx'
import { type Sheet, SheetContext } from './sheet.ts'
import { AddButton, AddStart } from './start-list.tsx'
import { CLIENT_STARTS, TIER_STARTS } from './starts.ts'
import { Variants } from './variants.tsx'

const PARTS = ['clients', 'tiers', 'faults', 'rollouts', 'variants', 'expect']
const HIDDEN = ['$schema', 'format', ...PARTS]
const ALWAYS = ['name', 'seed', 'duration', 'warmUp']

export default function Form() {
  const text = useStore(draft, (state) => state.text)
  const problems = useStore(draft, (state) => state.problems)
  return <FormOf text={text} problems={problems} />
}

interface FormOfProps {
  readonly text: string
  readonly problems: readonly Problem[]
}

export function FormOf({ text, problems }: FormOfProps) {
  const sheet = useMemo(
    (): Sheet => ({ file: readLoosely(text), problems, root: schemaOnce(), Field }),
    [text, problems],
  )
  const isReadable = useMemo(() => treeIn(text) !== undefined, [text])
  if (!isReadable) {
    return (
      <p className={css.note}>The text is not YAML that can be read at the moment; mend it there first.</p>
    )
  }
  const has = (key: string) => Object.keys(plainMap(sheet.file)).includes(key)
  return (
    <SheetContext value={sheet}>
      <div className={css.form}>
        <Section title="General">
          <SettingsOf path={[]} label="the scenario" always={ALWAYS} without={HIDDEN} />
        </Section>
        <Parts of={CLIENTS} />
        <Parts of={TIERS} />
        <Section title="Faults">
          {has('faults') && <ItemList path={['faults']} label="fault" isAddedElsewhere />}
          <AddButton onClick={addFault}>Add a fault at this instant</AddButton>
        </Section>
        {has('rollouts') && (
          <Section title="Deploys">
            <ItemList path={['rollouts']} label="deploy" />
          </Section>
        )}
        <Section title="Variants">
          <Variants />
          <AddButton onClick={addVariant}>Add a variant</AddButton>
        </Section>
        <Section title="Expectations">
          {has('expect') && <ItemList path={['expect']} label="expectation" isAddedElsewhere />}
          <AddButton onClick={addExpectation}>Add an expectation</AddButton>
        </Section>
      </div>
    </SheetContext>
  )
}

const CLIENTS: PartsOf = { kind: 'clients', one: 'clients', always: ['timeout'] }
const TIERS: PartsOf = { kind: 'tiers', one: 'tier', always: ['balancing', 'replicas', 'service'] }

function Parts({ of }: { readonly of: PartsOf }) {
  const isTiers = of.kind === 'tiers'
  return (
    <Section title={isTiers ? 'Tiers, in the order in which a request meets them' : 'Clients'}>
      <PartList of={of} />
      <AddStart
        label={isTiers ? 'Add a tier' : 'Add clients'}
        starts={isTiers ? TIER_STARTS : CLIENT_STARTS}
        onAdd={(start) => goToNewField(`${of.kind}.${isTiers ? addTier(start) : addClients(start)}`)}
      />
    </Section>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={css.section} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}
