/** After the first visit the page works without a net: a service worker keeps its files (scripts/offline.mjs writes it). */

/** Wall time after the page has loaded; what is needed for the first picture goes first. */
const LATER_MS = 4000

export function startOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  setTimeout(() => {
    // A browser that refuses (a private window, an address that is not secure) has the page as before.
    navigator.serviceWorker.register('./sw.js').catch(() => undefined)
  }, LATER_MS)
}
