/** Parameters that several limiters have, with the same words, and how figures are said. */

export const rate = {
  kind: 'rate',
  title: 'Rate',
  summary: 'How many events of one key may pass in the long run.',
  min: 0,
  above: true,
  max: 1e9,
} as const

export const burst = {
  kind: 'integer',
  title: 'Burst',
  summary: 'How many events of a key that was quiet may pass at once.',
  default: 10,
  min: 1,
  max: 1e6,
} as const

export const limit = {
  kind: 'integer',
  title: 'Limit',
  summary: 'How many events of one key may pass in a window.',
  default: 100,
  min: 0,
  max: 1e6,
} as const

export const window = {
  kind: 'duration',
  title: 'Window',
  summary: 'How long a window is.',
  default: 1e9,
  min: 1e6,
} as const

/** 1.25 as 1.25, 1.2000001 as 1.2. */
export function figure(x: number): string {
  return String(Math.round(x * 1000) / 1000)
}
