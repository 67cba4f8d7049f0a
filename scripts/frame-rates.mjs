// How evenly a page draws its frames.

/**
 * @param {import('playwright').Page} tab
 * @param {number} seconds
 */
export async function frameRates(tab, seconds) {
  await tab.waitForTimeout(2500)
  const frames = await tab.evaluate(
    (/** @type {number} */ length) =>
      new Promise((resolve) => {
        /** @type {number[]} */
        const times = []
        const begin = performance.now()
        requestAnimationFrame(function next(now) {
          times.push(now)
          if (now - begin < length) requestAnimationFrame(next)
          else resolve(times)
        })
      }),
    seconds * 1000,
  )
  return rates(/** @type {number[]} */ (frames))
}

/** @param {readonly number[]} times */
function rates(times) {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  gaps.sort((a, b) => a - b)
  const total = gaps.reduce((sum, gap) => sum + gap, 0)
  const at = (/** @type {number} */ share) =>
    Number((gaps[Math.floor(share * (gaps.length - 1))] ?? 0).toFixed(1))
  return {
    fps: Number(((1000 * gaps.length) / total).toFixed(1)),
    medianMs: at(0.5),
    p95Ms: at(0.95),
    worstMs: at(1),
  }
}
