/** On which side of its tick a label stands: one at an end stands within the plot. */
export function edgeOf(x: number, width: number): 'start' | 'end' | '' {
  return x < 2 ? 'start' : x > width - 16 ? 'end' : ''
}
