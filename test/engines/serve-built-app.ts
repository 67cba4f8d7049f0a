/** Before browser tests: builds the app if its sources are newer, serves it, and provides its address. */

import { preview } from 'vite'
import type { TestProject } from 'vitest/node'
import { ensureBuilt, root } from '../../scripts/workspace.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built app is served: `inject('appUrl')`. */
    appUrl: string
  }
}

export default async function serveBuiltApp(project: TestProject) {
  if (!ensureBuilt('web')) throw new Error('The web app does not build: see above, or `npm run build`.')
  const server = await preview({ root, logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } })
  const appUrl = server.resolvedUrls?.local[0]
  if (appUrl === undefined) throw new Error('The preview server has no address.')
  project.provide('appUrl', appUrl)
  return () => server.close()
}
