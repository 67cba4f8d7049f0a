/** The registry of the ways in which a request's key is chosen. */

import { registry } from '../../base/registry.ts'
import type { Chosen } from '../policy.ts'
import { hotSet } from './hot-set.ts'
import type { KeyChoice, KeySampler } from './key-choice.ts'
import { uniform } from './uniform.ts'
import { zipf } from './zipf.ts'

export const keyChoices = registry<KeyChoice>('key choice', [uniform, zipf, hotSet])

/** Compiles a chosen way of choosing keys. */
export function keySamplerOf(chosen: Chosen): KeySampler {
  return keyChoices.get(chosen.policy).sampler(chosen.params)
}
