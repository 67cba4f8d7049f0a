/** Recordings of real proxies, and what their configuration text says of servers, weights and limits. */

import { readFileSync } from 'node:fs'

export interface Recording {
  readonly config: string
  readonly input: readonly Case[]
  readonly observed: readonly (readonly unknown[])[]
}

export type Step = readonly ['start' | 'finish', number]

export interface Case {
  readonly listen?: string
  readonly upstream?: string
  readonly requests?: number
  readonly script?: readonly Step[]
  readonly stats_socket_commands_before_request?: Readonly<Record<string, readonly string[]>>
}

export interface Server {
  readonly name: string
  readonly weight: number
  /** Infinity when there is no limit. */
  readonly maxconn: number
}

export function recording(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/proxies/${name}.json`, import.meta.url), 'utf8'))
}

/** The servers of a group; nginx's have no names, recordings call them s1, s2, … in order of declaration. */
export function serversOf(config: string, group: string): Server[] {
  const lines = config.split(/[\n;]/).map((line) => line.trim().split(/\s+/))
  const servers: Server[] = []
  let inside = false
  for (const words of lines) {
    if (words[0] === '}') inside = false
    const [word, name] = words
    if (word === 'listen' || word === 'backend' || word === 'upstream') inside = name === group
    else if (inside && word === 'server') servers.push(server(words, `s${servers.length + 1}`))
  }
  return servers
}

function server(words: readonly string[], numbered: string): Server {
  const isNginx = words.every((word) => !/^(weight|maxconn)$/.test(word)) && /:\d+$/.test(words[1]!)
  const value = (key: string) => {
    const at = words.indexOf(key)
    if (at >= 0) return Number(words[at + 1])
    const set = words.find((word) => word.startsWith(`${key}=`))
    return set === undefined ? undefined : Number(set.slice(key.length + 1))
  }
  return {
    name: isNginx ? numbered : words[1]!,
    weight: value('weight') ?? 1,
    maxconn: value('maxconn') ?? Infinity,
  }
}
