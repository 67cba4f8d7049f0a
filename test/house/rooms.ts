/** Who may import whom (ARCHITECTURE.md, "Rooms"), as data. Whatever is not listed here is not allowed. */

export interface Room {
  /**
   * Rooms ("base"), or single files of a room ("model/facts"). "types of …" allows `import type` alone.
   * A room may always import itself.
   */
  readonly mayImport: readonly string[]
  readonly packages: readonly string[]
  /** What to do instead of a forbidden import. */
  readonly cure: string
}

export const rooms: Readonly<Record<string, Room>> = {
  base: {
    mayImport: [],
    packages: ['seedrandom'],
    cure: 'base knows nothing of ours: hand the value in, or move this file to the room that needs it',
  },
  engine: {
    mayImport: ['base'],
    packages: [],
    cure: 'engine moves time and knows no cluster: give it numbers and handlers from outside',
  },
  policies: {
    mayImport: ['base'],
    packages: [],
    cure: 'a policy sees only what its interface hands it: add it to the interface, or let model pass it in',
  },
  scenario: {
    mayImport: ['base', 'policies'],
    packages: ['yaml'],
    cure: 'scenario is a file format and knows no running cluster: move the code to model or run',
  },
  model: {
    mayImport: ['base', 'policies', 'scenario', 'engine'],
    packages: [],
    cure: 'model only emits facts; what is made of them belongs to measure, who runs it to run',
  },
  measure: {
    mayImport: ['base', 'model/facts'],
    packages: [],
    cure: 'measure sees a run only through its facts: add a kind to model/facts, or let run pass the value in',
  },
  run: {
    mayImport: ['base', 'engine', 'policies', 'scenario', 'model', 'measure'],
    packages: [],
    cure: 'run works the same in a worker and in a terminal: leave the host to worker and cli',
  },
  worker: {
    mayImport: ['run'],
    packages: ['comlink'],
    cure: 'worker is only a door: let run do the work and export what the door needs',
  },
  'worker/protocol': {
    mayImport: ['types of scenario', 'types of measure', 'types of run'],
    packages: [],
    cure: 'the protocol is loaded by the screen too: only `import type`, so that no engine code comes along',
  },
  cli: {
    mayImport: ['run', 'scenario', 'measure'],
    packages: ['commander', 'picocolors', 'node:*'],
    cure: 'cli prints what run returns: export it from run',
  },
  app: {
    mayImport: ['base', 'scenario', 'policies', 'measure', 'worker/client', 'worker/protocol'],
    packages: [
      'react',
      'react-dom',
      'd3',
      'zustand',
      'zundo',
      'radix-ui',
      'lucide-react',
      '@codemirror/*',
      '@lezer/*',
    ],
    cure: 'app meets the simulation only through worker/client: ask for it over the protocol',
  },
}

/** Folders outside of src/ that code may import, and from which rooms. */
export const outside: Readonly<Record<string, readonly string[]>> = {
  scenarios: ['scenario', 'run', 'cli', 'app'],
}

/** Names of a host, and the rooms that may use them. */
export const hosts: readonly {
  readonly host: string
  readonly names: readonly string[]
  readonly rooms: readonly string[]
}[] = [
  {
    host: 'the browser',
    names: [
      'document',
      'window',
      'self',
      'navigator',
      'location',
      'localStorage',
      'sessionStorage',
      'indexedDB',
      'requestAnimationFrame',
      'matchMedia',
      'getComputedStyle',
      'Element',
      'HTMLElement',
      'Worker',
    ],
    rooms: ['app', 'worker'],
  },
  {
    host: 'Node',
    names: ['process', 'Buffer', 'require', '__dirname', '__filename', 'setImmediate'],
    rooms: ['cli'],
  },
]
