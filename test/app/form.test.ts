import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { FormOf } from '../../src/app/build/form.tsx'
import { SMALLEST, TIER_STARTS } from '../../src/app/build/starts.ts'
import { addNamed } from '../../src/scenario/edit/parts.ts'
import { readDraft } from '../../src/scenario/index.ts'
import { shipped } from '../scenario/texts.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })

/** The form of a text, as HTML. */
function formOf(text: string): string {
  const { problems } = readDraft(text, 'x.yaml')
  return renderToStaticMarkup(createElement(FormOf, { text, problems }))
}

/** Dotted paths that can be filled in. */
const pathsIn = (html: string) => [...html.matchAll(/data-path="([^"]+)"/g)].map(([, path]) => path)

test.each(shipped)('%s fills in a form without a problem', (_, text) => {
  const html = formOf(text)
  expect(pathsIn(html).length).toBeGreaterThan(10)
  expect(html).not.toContain('Not known')
  expect(html).not.toContain('aria-invalid="true"')
})

test('what is said is filled in; what is not shows its default', () => {
  const html = formOf(SMALLEST)
  expect(html).toMatch(/data-path="duration".*?value="1m"/)
  expect(html).toMatch(/data-path="warmUp".*?placeholder="0s"/)
  expect(html).toMatch(/data-path="tiers\.web\.service\.demand".*?<option value="exponential" selected/)
  for (const { title } of TIER_STARTS) expect(html).toContain(title)
})

test('a problem stands beside its setting, a key that means nothing can be taken out', () => {
  const html = formOf(SMALLEST.replace('replicas: 2', 'replicas: x\n    wieght: 1'))
  expect(html).toMatch(/data-path="tiers\.web\.replicas".*?a whole number is needed/)
  expect(html).toMatch(/data-path="tiers\.web\.wieght".*?take out.*?is not a setting of a tier/)
})

test('a list of two thousand faults does not fill the page', () => {
  const faults = Array.from({ length: 2000 }, (_, i) => `  - { at: ${i}ms, crash: web/1 }\n`).join('')
  const html = formOf(`${SMALLEST}\nfaults:\n${faults}`)
  expect(pathsIn(html).length).toBeLessThan(500)
  expect(html).toContain('1950 are in the text only')
})

test('a text that cannot be read says so, and half a file is no error', () => {
  expect(formOf('tiers: [')).toContain('mend it')
  for (const text of [
    '{}',
    'tiers:',
    'tiers: { web: }',
    'tiers: 7\nfaults: 3\nvariants: [1]',
    'clients: { a: 1 }',
  ]) {
    expect(formOf(text)).toContain('General')
  }
  expect(formOf(addNamed(SMALLEST, ['tiers'], 'odd', null))).toContain('odd')
})
