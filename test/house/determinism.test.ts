/** The same seed gives the same run, to the bit, in every engine: so the simulation keeps off all that differs. */
import { describe, expect, test } from 'vitest'
import { freeNames } from './free-names.ts'
import { isNode, type Node, nameOf, readSources, type SourceFile, sourceFile, walk } from './source.ts'

const simulation = /^src\/(?:base|engine|policies|model)\//

/** The part of Math that IEEE 754 or the language fixes to the bit. */
const exactMath = new Set(
  'abs ceil clz32 floor fround imul max min round sign sqrt trunc PI E LN2 LN10 LOG2E LOG10E SQRT2 SQRT1_2'.split(
    ' ',
  ),
)

/** Globals that bring in the clock, chance, the locale, the host or the garbage collector. */
const banned = new Set(
  `Date performance Intl crypto globalThis WeakRef FinalizationRegistry setTimeout setInterval setImmediate
   queueMicrotask requestAnimationFrame eval Function`.split(/\s+/),
)

const localMethods = /^(?:toLocale\w*|localeCompare)$/

describe('the simulation', () => {
  const files = readSources().filter(({ path }) => simulation.test(path))

  test('has something to look at', () => expect(files.length).toBeGreaterThan(0))
  test('uses nothing that differs between engines, hosts or runs', () => {
    expect(files.flatMap(inexact)).toEqual([])
  })
})

describe('the check itself', () => {
  const complaints = (text: string) => inexact(sourceFile('src/model/a.ts', text))

  test.each([
    'const x = Math.log(2)',
    'const x = Math.random()',
    "const x = Math['pow'](2, 3)",
    'const { exp } = Math',
    'const m = Math',
    'const x = a ** 2',
    'let x = 2; x **= 3',
    'const x = 10 ** 9',
    'const x = 2 ** -1074',
    'const t = Date.now()',
    'const t = performance.now()',
    'const t = globalThis.Date',
    'for (const key in table) use(key)',
    'const s = (1234).toLocaleString()',
    "const o = 'a'.localeCompare('b')",
    'const f = new Intl.NumberFormat()',
    'setTimeout(f, 1)',
  ])('objects to: %s', (text) => expect(complaints(text)).toHaveLength(1))

  test.each([
    'const x = Math.sqrt(Math.max(1, Math.PI))',
    'const x = 2 ** 32 + 2 ** -1022',
    "const text = 'Math.log, Date and a ** b' // Math.random()",
    'const log = (x: number) => x; log(2)',
    'interface At { readonly Date: Date }',
    'const Date = 1; use(Date)',
    'for (const x of list) use(x.performance)',
  ])('accepts: %s', (text) => expect(complaints(text)).toEqual([]))
})

function inexact(file: SourceFile): string[] {
  const names = freeNames(file).flatMap(({ name, line, parent }) => {
    if (banned.has(name)) return [`${file.path}:${line} uses ${name}: take time, chance and text from base`]
    if (name !== 'Math' || usesExactMath(parent)) return []
    return [`${file.path}:${line} uses Math beyond its exact part: base has log, exp and pow of its own`]
  })
  const syntax = [...walk(file.program)].flatMap((node) => {
    const problem = inexactSyntax(node)
    return problem ? [`${file.path}:${file.lineOf(node)} ${problem}`] : []
  })
  return [...names, ...syntax]
}

function usesExactMath(parent: Node): boolean {
  return (
    parent.type === 'MemberExpression' && !parent.computed && exactMath.has(nameOf(parent.property) ?? '')
  )
}

function inexactSyntax(node: Node): string | undefined {
  const operator = node.operator
  if (operator === '**=' || (operator === '**' && !isPowerOfTwo(node))) {
    return 'uses **, which engines round differently: write a literal (1e9), multiply, or use pow of base'
  }
  if (node.type === 'ForInStatement') return 'uses for…in: iterate over Object.keys or a list'
  if (node.type === 'MemberExpression' && localMethods.test(nameOf(node.property) ?? '')) {
    return `uses ${nameOf(node.property)}, which depends on the locale: compare with < or format in app`
  }
  return undefined
}

/** A constant power of two that is a normal number, such as 2 ** -40: exact in every engine (test/engines). */
function isPowerOfTwo({ left, right }: Node): boolean {
  const exponent = numberOf(right)
  return numberOf(left) === 2 && Number.isInteger(exponent) && exponent >= -1022 && exponent <= 1023
}

function numberOf(node: unknown): number {
  if (!isNode(node)) return Number.NaN
  if (node.type === 'UnaryExpression' && node.operator === '-') return -numberOf(node.argument)
  return node.type === 'Literal' && typeof node.value === 'number' ? node.value : Number.NaN
}
