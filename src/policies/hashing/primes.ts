/** Prime numbers, for tables whose steps must reach every place. */

/** The smallest prime that is at least `from`. */
export function primeFrom(from: number): number {
  let candidate = Math.max(2, Math.ceil(from))
  while (!isPrime(candidate)) candidate++
  return candidate
}

function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false
  return n >= 2
}
