/** The names a file uses without declaring them: globals such as `Date`, `document` or `process`. */
import { isNode, type Node, nameOf, type SourceFile, walk } from './source.ts'

export interface FreeName {
  readonly name: string
  readonly line: number
  /** The node that the name stands in, to see what is done with it. */
  readonly parent: Node
}

export function freeNames({ program, lineOf }: SourceFile): FreeName[] {
  const nodes = [...walk(program, isValue)].filter(isValue)
  const declared = new Set(nodes.flatMap(declarations))
  return nodes.flatMap((parent) =>
    references(parent).flatMap((node) => {
      const name = nameOf(node)
      return name === undefined || declared.has(name) ? [] : [{ name, line: lineOf(node), parent }]
    }),
  )
}

/** Types vanish from the program; only these TypeScript nodes hold something that runs. */
function isValue({ type }: Node): boolean {
  return !type.startsWith('TS') || /^TS(?:As|NonNull|Satisfies|Instantiation)Expression$/.test(type)
}

/** The children of a node that are values read or written, not names of properties. */
function references(node: Node): Node[] {
  if (/^(?:Import|Export)\w*Specifier$|^MetaProperty$|^LabeledStatement$/.test(node.type)) return []
  const isName = (key: string) => (key === 'property' || key === 'key') && node.computed !== true
  return Object.entries(node).flatMap(([key, value]) =>
    isName(key) ? [] : (Array.isArray(value) ? value : [value]).filter(isNode),
  )
}

function declarations(node: Node): string[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return bound(node.id)
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return [node.id, ...(node.params as unknown[])].flatMap(bound)
    case 'ClassDeclaration':
      return bound(node.id)
    case 'CatchClause':
      return bound(node.param)
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return bound(node.local)
    default:
      return []
  }
}

/** The names that a pattern binds: `{ a, b: [c], ...d } = x` binds a, c and d. */
function bound(pattern: unknown): string[] {
  if (!isNode(pattern)) return []
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name as string]
    case 'AssignmentPattern':
      return bound(pattern.left)
    case 'RestElement':
      return bound(pattern.argument)
    case 'ArrayPattern':
      return (pattern.elements as unknown[]).flatMap(bound)
    case 'ObjectPattern':
      return (pattern.properties as Node[]).flatMap((property) => bound(property.value ?? property))
    default:
      return []
  }
}
