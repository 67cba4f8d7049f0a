import { describe, expect, test } from 'vitest'
import { freeNames } from './free-names.ts'
import { hosts, outside, rooms } from './rooms.ts'
import { type Import, readSources, type SourceFile, sourceFile } from './source.ts'

const sources = readSources()

describe('the house', () => {
  test('has something to look at', () => {
    expect(sources.length).toBeGreaterThan(0)
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(0)
  })

  test('each room imports only what it may', () => expect(forbiddenImports(sources)).toEqual([]))
  test('each host is used only in its rooms', () => expect(forbiddenHosts(sources)).toEqual([]))
  test('no files import each other in a circle', () => expect(circles(sources)).toEqual([]))
})

describe('the check itself', () => {
  const complaint = (path: string, text: string) => forbiddenImports([sourceFile(path, text)])

  test.each([
    ['src/base/time.ts', "import { run } from '../engine/simulation.ts'"],
    ['src/base/time.ts', "import type { Run } from '../engine/simulation.ts'"],
    ['src/base/time.ts', "export * from '../engine/simulation.ts'"],
    ['src/base/time.ts', "const late = () => import('../engine/simulation.ts')"],
    ['src/base/time.ts', "let x: import('../engine/simulation.ts').Run"],
    ['src/engine/queue.ts', "import { readFileSync } from 'node:fs'"],
    ['src/policies/balancing/random.ts', "import { pool } from '../../model/pool.ts'"],
    ['src/measure/series.ts', "import { cluster } from '../model/cluster.ts'"],
    ['src/worker/protocol.ts', "import { parse } from '../scenario/parse.ts'"],
    ['src/app/stage/stage.tsx', "import { replica } from '../../model/replica.ts'"],
    ['src/app/main.tsx', "new Worker(new URL('../run/session.ts', import.meta.url))"],
    ['src/model/cluster.ts', "import.meta.glob('../../scenarios/*.yaml')"],
    ['src/cli/main.ts', "import pkg from '../../package.json'"],
    ['src/main.ts', "import { now } from './base/time.ts'"],
    ['src/cupboard/thing.ts', 'export const thing = 1'],
  ])('%s must not say %s', (path, text) => expect(complaint(path, text)).toHaveLength(1))

  test.each([
    ['src/base/stream.ts', "import alea from 'seedrandom/lib/alea.js'"],
    ['src/engine/queue.ts', "import { now } from '../base/time.ts'; import { heap } from './heap.ts'"],
    ['src/measure/series.ts', "import { facts } from '../model/facts.ts'"],
    ['src/worker/protocol.ts', "import type { Scenario } from '../scenario/scenario.ts'"],
    [
      'src/app/stage/stage.tsx',
      "import { open } from '../../worker/client.ts'; import css from './a.module.css'",
    ],
    ['src/app/menu.ts', "import.meta.glob('../../scenarios/*.yaml', { query: '?raw' })"],
    ['src/cli/main.ts', "import { readFileSync } from 'node:fs'"],
  ])('%s may say %s', (path, text) => expect(complaint(path, text)).toEqual([]))

  test('names the file, the line, the import and the cure', () => {
    expect(complaint('src/app/a.ts', "\nimport { b } from '../engine/b.ts'")).toEqual([
      'src/app/a.ts:2 imports src/engine/b.ts, which app may not. Cure: app meets the simulation only through worker/client: ask for it over the protocol',
    ])
  })

  test('sees a circle, but not one of types or of threads', () => {
    const loop = (back: string) =>
      circles([
        sourceFile('src/base/a.ts', "import { b } from './b.ts'"),
        sourceFile('src/base/b.ts', "export { c } from './c.ts'"),
        sourceFile('src/base/c.ts', back),
      ])
    expect(loop("import { a } from './a.ts'")).toEqual([
      'src/base/a.ts → src/base/b.ts → src/base/c.ts → src/base/a.ts',
    ])
    expect(loop("import type { A } from './a.ts'")).toEqual([])
    expect(loop("new Worker(new URL('./a.ts', import.meta.url))")).toEqual([])
  })

  test('sees a host in the wrong room, but not a name of our own', () => {
    const complaints = (text: string) => forbiddenHosts([sourceFile('src/run/a.ts', text)]).length
    expect(complaints('document.title = String(process.pid)')).toBe(2)
    expect(
      complaints('const { document, x: [window] } = y; window(document, y.process, { Buffer: 1 })'),
    ).toBe(0)
    expect(complaints('function f(e: HTMLElement) { return e as Element }')).toBe(0)
  })
})

function forbiddenImports(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, imports }) => {
    const name = roomOf(path)
    const room = rooms[name]
    if (!room)
      return [`${path} is in no room. Cure: put it into one of src/{${Object.keys(rooms).join(',')}}`]
    return imports
      .filter((imported) => !isAllowed(path, name, imported))
      .map(
        ({ target, line }) => `${path}:${line} imports ${target}, which ${name} may not. Cure: ${room.cure}`,
      )
  })
}

/** The room of a file, or the file itself when it has a rule of its own ("worker/protocol"). */
function roomOf(path: string): string {
  const inside = path.replace(/^src\//, '')
  const own = inside.replace(/\.tsx?$/, '')
  return own in rooms ? own : inside.includes('/') ? (inside.split('/')[0] ?? '') : ''
}

function isAllowed(from: string, room: string, { target, typeOnly }: Import): boolean {
  const rule = rooms[room]
  if (!rule) return false
  if (target.startsWith('src/')) {
    if (sameRoom(from, target) && (room === roomOf(target) || !room.includes('/') || typeOnly)) return true
    return rule.mayImport.some((allowed) => {
      const plain = allowed.replace('types of ', '')
      if (plain !== allowed && !typeOnly) return false
      return target.startsWith(`src/${plain}/`) || target.replace(/\.tsx?$/, '') === `src/${plain}`
    })
  }
  const [folder = ''] = target.split('/')
  if (folder in outside) return outside[folder]!.includes(room)
  return rule.packages.some((name) =>
    name.endsWith('*')
      ? target.startsWith(name.slice(0, -1))
      : target === name || target.startsWith(`${name}/`),
  )
}

function sameRoom(a: string, b: string): boolean {
  return a.split('/')[1] === b.split('/')[1]
}

function forbiddenHosts(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    freeNames(file).flatMap(({ name, line }) =>
      hosts
        .filter((host) => host.names.includes(name) && !host.rooms.includes(file.path.split('/')[1] ?? ''))
        .map(
          ({ host, rooms }) =>
            `${file.path}:${line} uses ${name} of ${host}. Cure: do it in ${rooms.join(' or ')} and hand the result in`,
        ),
    ),
  )
}

/** Each circle of imports that run in the same thread, once, from its first file. */
function circles(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const found: string[] = []
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]) => {
    const at = trail.indexOf(path)
    if (at >= 0) found.push([...trail.slice(at), path].join(' → '))
    if (at >= 0 || done.has(path)) return
    for (const { target, typeOnly, otherThread } of byPath.get(path)?.imports ?? []) {
      if (!typeOnly && !otherThread && byPath.has(target)) visit(target, [...trail, path])
    }
    done.add(path)
  }
  for (const { path } of files) visit(path, [])
  return found
}
