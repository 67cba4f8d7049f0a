// The JSON Schema of the report, made from its TypeScript interfaces (src/measure/report.ts) and their comments.
import { parseSync } from 'vite'

/**
 * @typedef {{ type: string, start: number, [key: string]: any }} Node
 * @typedef {Record<string, unknown>} Schema
 */

/**
 * @param {string} text the source of the interfaces, `Report` among them
 * @returns {Schema}
 */
export function reportSchema(text) {
  const { program, comments, errors } = parseSync('report.ts', text)
  if (errors[0]) throw new Error(errors[0].message)
  const interfaces = /** @type {Node[]} */ (/** @type {unknown} */ (program.body))
    .map((node) => node.declaration)
    .filter((node) => node?.type === 'TSInterfaceDeclaration')
  const names = interfaces.map((node) => node.id.name)

  /** What the comment right before a node says. @param {Node} node */
  function about(node) {
    const comment = comments.findLast(
      ({ end }) => end <= node.start && text.slice(end, node.start).trim() === '',
    )
    return comment?.value
      .replace(/^\s*\*+\s?/gm, '')
      .replace(/\s+/g, ' ')
      .trim()
  }

  /** @param {Node[]} members @returns {Schema} */
  function object(members) {
    const isRequired = members.filter((member) => !member.optional)
    return {
      type: 'object',
      properties: Object.fromEntries(
        members.map((member) => {
          const description = about(member)
          return [
            member.key.name,
            { ...type(member.typeAnnotation.typeAnnotation), ...(description ? { description } : {}) },
          ]
        }),
      ),
      required: isRequired.map((member) => member.key.name),
      additionalProperties: false,
    }
  }

  /** @param {Node} node @returns {Schema} */
  function type(node) {
    switch (node.type) {
      case 'TSStringKeyword':
        return { type: 'string' }
      case 'TSNumberKeyword':
        return { type: 'number' }
      case 'TSBooleanKeyword':
        return { type: 'boolean' }
      case 'TSNullKeyword':
        return { type: 'null' }
      case 'TSUnknownKeyword':
        return {}
      case 'TSLiteralType':
        return { const: node.literal.value }
      case 'TSUnionType':
        return { anyOf: node.types.map(type) }
      case 'TSArrayType':
        return { type: 'array', items: type(node.elementType) }
      case 'TSTypeOperator':
        return type(node.typeAnnotation)
      case 'TSTypeLiteral':
        return object(node.members)
      case 'TSIntersectionType':
        return intersection(node.types.map(type))
      case 'TSTypeReference':
        return reference(node)
      default:
        throw new Error(`report.ts: a ${node.type} has no place in the schema yet`)
    }
  }

  /** @param {Node} node @returns {Schema} */
  function reference(node) {
    const { name } = node.typeName
    const [first, second] = node.typeArguments?.params ?? []
    if (name === 'Readonly') return type(first)
    if (name === 'Record') return { type: 'object', additionalProperties: type(second) }
    if (!names.includes(name)) throw new Error(`report.ts: where is ${name}?`)
    return { $ref: `#/definitions/${name}` }
  }

  const definitions = Object.fromEntries(interfaces.map((node) => [node.id.name, object(node.body.body)]))
  const { Report, ...parts } = definitions
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Evenkeel report',
    description: 'What one run measured: the output of `evenkeel run --json`.',
    ...Report,
    definitions: parts,
  }
}

/**
 * Objects with known keys and objects with any keys, in one.
 * @param {any[]} parts
 * @returns {Schema}
 */
function intersection(parts) {
  return {
    type: 'object',
    properties: Object.assign({}, ...parts.map((part) => part.properties ?? {})),
    required: parts.flatMap((part) => part.required ?? []),
    additionalProperties: parts.map((part) => part.additionalProperties).find((any) => any) ?? false,
  }
}
