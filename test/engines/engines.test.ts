import { expect, inject, test } from 'vitest'
import { engines, evaluateIn, isLeftOut } from './engines.ts'

/** The house allows constant powers of two in the simulation, and no other use of `**`. */
const inexactPowersOfTwo = `(() => {
  const wrong = []
  for (let n = 0, up = 1, down = 1; n <= 1022; n++, up *= 2, down /= 2) {
    if (2 ** n !== up || 2 ** -n !== down) wrong.push(n)
  }
  return wrong
})()`

for (const engine of engines) {
  test.skipIf(isLeftOut(engine))(`${engine} opens the app and computes powers of two exactly`, async () => {
    const url = inject('appUrl')
    const expression = `Promise.resolve({ at: location.origin + location.pathname, wrong: ${inexactPowersOfTwo} })`
    expect(await evaluateIn(engine, url, expression)).toEqual({ at: url, wrong: [] })
  })
}

test.skipIf(isLeftOut('webkit'))('an error in WebKit fails the test that caused it', async () => {
  await expect(evaluateIn('webkit', 'about:blank', 'nobody.knows')).rejects.toThrow(/nobody/)
})
