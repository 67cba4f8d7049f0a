import { describe, expect, test } from 'vitest'
import { arrivals } from '../../src/policies/arrivals/index.ts'
import { distributions } from '../../src/policies/distributions/index.ts'
import { keyChoices } from '../../src/policies/keys/index.ts'
import type { Param, Policy } from '../../src/policies/policy.ts'

const policies: readonly Policy[] = [arrivals, distributions, keyChoices].flatMap(
  (kind): readonly Policy[] => kind.all,
)

describe.each(policies)('$name', (policy) => {
  test('says in words what it is and where it is from', () => {
    expect(policy.name).toMatch(/^[a-z][a-z-]*$/)
    expect(policy.title).toMatch(/^[A-Z]/)
    expect(policy.summary).toMatch(/^[A-Z].*[.?]$/)
    expect(policy.source).not.toBe('')
  })
  test.each(Object.entries<Param>(policy.params))('explains its parameter %s', (name, param) => {
    expect(name).toMatch(/^[a-z][A-Za-z]*$/)
    expect(param.title).toMatch(/^[A-Z]/)
    expect(param.summary).toMatch(/^[A-Z].*\.$/)
  })
  test.each(Object.entries<Param>(policy.params))('gives %s bounds that its default keeps', (_, param) => {
    const { min = -Infinity, max = Infinity, default: value, choices } = param
    expect(min).toBeLessThanOrEqual(max)
    if (param.above) expect(param.min).toBeDefined()
    if (typeof value === 'number') {
      expect(value).toBeGreaterThanOrEqual(min)
      expect(value).toBeLessThanOrEqual(max)
      if (param.above) expect(value).toBeGreaterThan(min)
    }
    if (param.kind === 'choice') {
      expect(new Set(choices).size).toBe(choices?.length)
      expect(choices).toContain(value)
    }
  })
})
