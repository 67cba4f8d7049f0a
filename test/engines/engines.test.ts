import { expect, inject, test } from 'vitest'
import { engines, evaluateIn, isLeftOut } from './engines.ts'

for (const engine of engines) {
  test.skipIf(isLeftOut(engine))(`${engine} opens the app and evaluates an expression in it`, async () => {
    const url = inject('appUrl')
    expect(await evaluateIn(engine, url, 'Promise.resolve({ sum: 1 + 1, at: location.href })')).toEqual({
      sum: 2,
      at: url,
    })
  })

  test.skipIf(isLeftOut(engine))(`an error in ${engine} fails the test that caused it`, async () => {
    await expect(evaluateIn(engine, 'about:blank', 'nobody.knows')).rejects.toThrow(/nobody/)
  })
}
