/** The nearest right name for a mistyped one, by Damerau's edit distance (insert, delete, change, swap). */

/**
 * Gives the candidate closest to `typed`, or undefined when none is close enough to be what was meant
 * (more than a third of the letters wrong, and not a prefix).
 */
export function nearest(typed: string, candidates: Iterable<string>): string | undefined {
  const wanted = typed.toLowerCase().slice(0, 64)
  let best: string | undefined
  let bestDistance = Infinity
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase())
    const limit = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3))
    if (distance < bestDistance && (distance <= limit || isPrefix(wanted, candidate))) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

function isPrefix(wanted: string, candidate: string): boolean {
  return wanted.length >= 3 && candidate.toLowerCase().startsWith(wanted)
}

function editDistance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1)
      }
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[b.length]!
}
