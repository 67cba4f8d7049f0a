import { describe, expect, test } from 'vitest'
import { inOrder } from '../../src/cli/pool/in-order.ts'
import { wrapped } from '../../src/cli/render/wrap.ts'

describe('what is ready in any order', () => {
  test('is handed over in order, each as soon as all before it are there', () => {
    const seen: string[] = []
    const put = inOrder<string | undefined>((place, value) => seen.push(`${place} ${value}`))
    put(2, 'c')
    put(1, undefined)
    expect(seen).toEqual([])
    put(0, 'a')
    expect(seen).toEqual(['0 a', '1 undefined', '2 c'])
    put(3, 'd')
    expect(seen.at(-1)).toBe('3 d')
  })
})

describe('a long sentence', () => {
  test('is broken at its spaces, and keeps every word', () => {
    const text = 'a bb ccc dddd eeeeeeeeeeee f'
    expect(wrapped(text, 8)).toEqual(['a bb ccc', 'dddd', 'eeeeeeeeeeee', 'f'])
    expect(wrapped(text, 80)).toEqual([text])
  })
})
