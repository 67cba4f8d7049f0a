// The JSON Schemas of report and comparison, made from their TypeScript interfaces and the comments on them.
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
  return schemaOf(text, 'Report', {
    title: 'Evenkeel report',
    description: 'What one run measured: the output of `evenkeel run --json`.',
  })
}

/**
 * @param {string} text the source of the interfaces: those of a comparison and of a report
 * @returns {Schema}
 */
export function compareSchema(text) {
  return schemaOf(text, 'Comparison', {
    title: 'Evenkeel comparison',
    description: 'What variants of a scenario showed: the output of `evenkeel compare --json`.',
  })
}

/**
 * @param {string} text the source of the interfaces, the root among them
 * @param {string} root the interface of the whole
 * @param {{ title: string, description: string }} words
 * @returns {Schema}
 */
function schemaOf(text, root, words) {
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
      case 'TSParenthesizedType':
        return type(node.typeAnnotation)
      case 'TSTypeLiteral':
        return object(node.members)
      case 'TSIntersectionType':
        return intersection(node.types.map(type))
      case 'TSTypeReference':
        return reference(node)
      default:
        throw new Error(`${root}: a ${node.type} has no place in the schema yet`)
    }
  }

  /** @param {Node} node @returns {Schema} */
  function reference(node) {
    const { name } = node.typeName
    const [first, second] = node.typeArguments?.params ?? []
    if (name === 'Readonly') return type(first)
    if (name === 'Record') return { type: 'object', additionalProperties: type(second) }
    if (!names.includes(name)) throw new Error(`${root}: where is ${name}?`)
    return { $ref: `#/definitions/${name}` }
  }

  const definitions = Object.fromEntries(interfaces.map((node) => [node.id.name, object(node.body.body)]))
  const used = usedBy(definitions, root)
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...words,
    ...definitions[root],
    definitions: Object.fromEntries(
      names.filter((name) => used.has(name)).map((name) => [name, definitions[name]]),
    ),
  }
}

/**
 * The definitions that one refers to, directly or not.
 * @param {Record<string, Schema>} definitions
 * @param {string} root
 * @param {Set<string>} found
 */
function usedBy(definitions, root, found = new Set()) {
  for (const [, name] of JSON.stringify(definitions[root]).matchAll(/#\/definitions\/(\w+)/g)) {
    if (name === undefined || found.has(name)) continue
    found.add(name)
    usedBy(definitions, name, found)
  }
  return found
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
