// The page works offline after the first visit: a service worker keeps everything that the build made.
import { createHash } from 'node:crypto'

/** Vite plugin: writes `sw.js` beside the built page, with the names of all its files. */
export function offline() {
  /** @type {import('vite').Plugin} */
  const plugin = {
    name: 'evenkeel-offline',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle).filter((file) => !file.endsWith('.map'))
      const hash = createHash('sha256')
      for (const file of files.toSorted()) {
        const part = bundle[file]
        hash.update(file).update(part?.type === 'asset' ? part.source : (part?.code ?? ''))
      }
      const cache = `evenkeel-${hash.digest('hex').slice(0, 12)}`
      const kept = [
        './',
        './favicon.svg',
        ...files.filter((file) => file !== 'index.html').map((file) => `./${file}`),
      ]
      const source = `(${worker})(${JSON.stringify(cache)}, ${JSON.stringify(kept)})\n`
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
    },
  }
  return plugin
}

/**
 * Runs in the browser. The page itself comes from the net where there is one, so that a new version is seen at
 * once; files with a hash in their name never change, and come from the cache.
 * @param {string} name of the cache
 * @param {readonly string[]} files
 */
function worker(name, files) {
  const scope = /** @type {any} */ (globalThis)
  const anyway = { ignoreSearch: true, ignoreVary: true }
  scope.addEventListener('install', (/** @type {any} */ event) => {
    event.waitUntil(
      caches
        .open(name)
        .then((cache) => cache.addAll(files))
        .then(() => scope.skipWaiting()),
    )
  })
  scope.addEventListener('activate', (/** @type {any} */ event) => {
    const isOld = (/** @type {string} */ other) => other.startsWith('evenkeel-') && other !== name
    event.waitUntil(
      caches
        .keys()
        .then((names) => Promise.all(names.filter(isOld).map((old) => caches.delete(old))))
        .then(() => scope.clients.claim()),
    )
  })
  scope.addEventListener('fetch', (/** @type {any} */ event) => {
    const { request } = event
    if (request.method !== 'GET' || !request.url.startsWith(scope.registration.scope)) return
    const kept = () => caches.match(request.mode === 'navigate' ? './' : request, anyway)
    if (request.mode === 'navigate') event.respondWith(fetch(request).catch(kept))
    else event.respondWith(kept().then((answer) => answer ?? fetch(request)))
  })
}
