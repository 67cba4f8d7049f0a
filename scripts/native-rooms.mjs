// The simulator's rooms as plain JavaScript modules for the tests. The test runner turns every use of an import
// into a look-up, which makes a run two to four times slower than it is in the product, and reads hundreds of
// modules anew for every test file. So these rooms are translated once, and Node loads them.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, normalizePath } from 'vite'
import pkg from '../package.json' with { type: 'json' }
import { root } from './workspace.mjs'

/** Rooms that need nothing of a browser. All of their modules come from here, so each is there once. */
const rooms = ['base', 'engine', 'policies', 'scenario', 'model', 'measure', 'run']
const inRooms = new RegExp(`^(?:${rooms.join('|')})/.*\\.mjs$`)

const source = normalizePath(join(root, 'src'))
/** Among the packages, so that the modules find those; two test runs at the same time have one each. */
const translated = normalizePath(join(root, `node_modules/.evenkeel-rooms-${process.pid}`))

/** Vite plugin: who imports a module of these rooms gets the translated one. */
export function nativeRooms() {
  /** @type {import('vite').Plugin} */
  const plugin = {
    name: 'evenkeel-native-rooms',
    enforce: 'pre',
    async resolveId(id, importer, options) {
      const resolved = await this.resolve(id, importer, { ...options, skipSelf: true })
      if (!resolved?.id.startsWith(`${source}/`)) return resolved
      const path = translatedPath(resolved.id)
      return inRooms.test(path) ? { id: `${translated}/${path}`, external: true } : resolved
    },
  }
  return plugin
}

/** @param {import('vitest/node').TestProject} project */
export async function setup(project) {
  await translate()
  project.onTestsRerun(translate)
}

export function teardown() {
  rmSync(translated, { recursive: true, force: true })
}

async function translate() {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { __EVENKEEL_VERSION__: JSON.stringify(pkg.version) },
    build: {
      ssr: true,
      outDir: translated,
      copyPublicDir: false,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: rooms.flatMap((room) => modulesIn(join(source, room))),
        treeshake: false,
        preserveEntrySignatures: 'strict',
        output: {
          // All in one file, which Node reads faster than hundreds, and a door to it for every module.
          codeSplitting: { groups: [{ name: 'rooms', test: /./ }] },
          chunkFileNames: '[name].mjs',
          entryFileNames: ({ facadeModuleId }) => translatedPath(normalizePath(facadeModuleId ?? '')),
        },
      },
    },
  })
}

/**
 * Within the folder of sources, and within that of translated modules.
 * @param {string} module
 */
function translatedPath(module) {
  return module.slice(source.length + 1).replace(/\.ts$/, '.mjs')
}

/** @param {string} folder */
function modulesIn(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.ts')).map((file) => join(folder, file))
}
