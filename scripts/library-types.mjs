// The types of the library, written beside it when it is built: declarations of all that it exports.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, tool } from './workspace.mjs'

/** @returns {import('vite').Plugin} */
export function libraryTypes() {
  return {
    name: 'library-types',
    writeBundle({ dir = 'dist-lib' }) {
      const types = join(dir, 'types')
      const { status } = spawnSync(
        process.execPath,
        [tool('tsc'), '-p', 'tsconfig.lib.json', '--outDir', types],
        { cwd: root, stdio: ['ignore', 2, 2] },
      )
      if (status !== 0) throw new Error('the types of the library cannot be written')
      nameDeclarations(types)
    },
  }
}

/**
 * Declarations import each other by the names of the sources, which are not there: `./run.ts` becomes `./run.js`,
 * beside which every reader looks for `run.d.ts`.
 * @param {string} folder
 */
function nameDeclarations(folder) {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue
    const path = join(folder, file)
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace(/((?:from|import\()\s*['"]\.[^'"]*)\.tsx?(?=['"])/g, '$1.js'))
  }
}
