/** The source tree as data for the house tests: every file of src/ parsed, with what it imports. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Import {
  /** What is imported: a path from the root ("src/base/time.ts") or a package ("node:fs", "react"). */
  readonly target: string
  readonly line: number
  /** Gone after compilation, so it can neither run code nor close a circle. */
  readonly typeOnly: boolean
  /** Loaded into a thread of its own (`new URL('…', import.meta.url)`), not into this one. */
  readonly otherThread: boolean
}

export interface SourceFile {
  readonly path: string
  readonly lines: number
  readonly imports: readonly Import[]
  readonly program: Node
  readonly lineOf: (node: Node) => number
}

/** A node of the syntax tree (ESTree with TypeScript), read without its types. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

/** Every TypeScript file under src/, parsed. */
export function readSources(): SourceFile[] {
  return pathsOf(/\.tsx?$/).map((path) => sourceFile(path, readFileSync(join(root, path), 'utf8')))
}

/** Every stylesheet under src/. */
export function readStyles(): Pick<SourceFile, 'path' | 'lines'>[] {
  return pathsOf(/\.css$/).map((path) => ({ path, lines: linesOf(readFileSync(join(root, path), 'utf8')) }))
}

function pathsOf(ending: RegExp): string[] {
  const names = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  return names
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((path) => ending.test(path))
    .sort()
}

function linesOf(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

/** One file from its text; tests feed made-up files through it. */
export function sourceFile(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`)
  const tree = program as unknown as Node
  const lineOf = (node: Node) => text.slice(0, node.start).split('\n').length
  const imports: Import[] = []
  for (const node of walk(tree)) {
    for (const { specifier, ...kind } of importsOf(node)) {
      imports.push({ target: resolve(path, specifier), line: lineOf(node), ...kind })
    }
  }
  return {
    path,
    lines: linesOf(text),
    imports,
    program: tree,
    lineOf,
  }
}

/** All nodes of a tree, parents first; `into` may close the way into a node's children. */
export function* walk(node: Node, into: (node: Node) => boolean = () => true): Generator<Node> {
  yield node
  if (!into(node)) return
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child, into)
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

interface Specifier {
  readonly specifier: string
  readonly typeOnly: boolean
  readonly otherThread: boolean
}

function importsOf(node: Node): Specifier[] {
  const here = { typeOnly: false, otherThread: false }
  switch (node.type) {
    case 'ImportDeclaration':
      return literals([node.source], { ...here, typeOnly: node.importKind === 'type' })
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return literals([node.source], { ...here, typeOnly: node.exportKind === 'type' })
    case 'TSImportType':
      return literals([node.source], { ...here, typeOnly: true })
    case 'ImportExpression':
      return literals([node.source], here)
    case 'NewExpression': {
      const [first, second] = node.arguments as Node[]
      const toOwnFile = nameOf(node.callee) === 'URL' && isImportMeta(second, 'url')
      return toOwnFile ? literals([first], { ...here, otherThread: true }) : []
    }
    case 'CallExpression': {
      if (!isImportMeta(node.callee as Node, 'glob')) return []
      const [first] = node.arguments as Node[]
      return literals(first?.type === 'ArrayExpression' ? (first.elements as Node[]) : [first], here)
    }
    default:
      return []
  }
}

function literals(nodes: readonly unknown[], kind: Omit<Specifier, 'specifier'>): Specifier[] {
  return nodes.flatMap((node) => {
    const value = isNode(node) ? node.value : undefined
    return typeof value === 'string' ? [{ specifier: value, ...kind }] : []
  })
}

function isImportMeta(node: Node | undefined, property: string): boolean {
  return (
    node?.type === 'MemberExpression' &&
    isNode(node.object) &&
    node.object.type === 'MetaProperty' &&
    nameOf(node.property) === property
  )
}

export function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Identifier' ? (node.name as string) : undefined
}

function resolve(from: string, specifier: string): string {
  const [path = ''] = specifier.split('?')
  if (path.startsWith('/')) return path.slice(1) // Vite's way to say: from the root
  return path.startsWith('.') ? posix.join(posix.dirname(from), path) : path
}
