import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { md5 } from '../../../../src/policies/hashing/md5.ts'

test('MD5 is as the platform has it, for all lengths around a block', () => {
  const out = new Uint32Array(4)
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 255)
    md5(bytes, out)
    const expected = createHash('md5').update(bytes).digest()
    expect(Array.from(out)).toEqual([0, 4, 8, 12].map((at) => expected.readUInt32LE(at)))
  }
})
