/** As much of a JSON Schema validator as our own schemas need; refuses keywords that it does not know. */

type Schema = Readonly<Record<string, any>>

const ANNOTATIONS = new Set([
  '$schema',
  'title',
  'description',
  'default',
  'examples',
  'definitions',
  'x-names',
])

/** Where `value` breaks the schema; nothing when it does not. */
export function violations(value: unknown, root: Schema): string[] {
  return check(value, root, '')

  function check(value: any, schema: Schema, path: string): string[] {
    return Object.entries(schema).flatMap(([keyword, wanted]): string[] => {
      if (ANNOTATIONS.has(keyword)) return []
      if (keyword === '$ref')
        return check(value, root.definitions[wanted.replace('#/definitions/', '')], path)
      if (keyword === 'anyOf') {
        const each = wanted.map((schema: Schema) => check(value, schema, path)) as string[][]
        return each.some((found) => found.length === 0) ? [] : [`${path}: none of ${each.join(' | ')}`]
      }
      if (keyword === 'allOf') return wanted.flatMap((schema: Schema) => check(value, schema, path))
      if (keyword === 'properties') {
        if (!isObject(value)) return []
        return Object.keys(value)
          .filter((key) => Object.hasOwn(wanted, key))
          .flatMap((key) => check(value[key], wanted[key], `${path}.${key}`))
      }
      if (keyword === 'additionalProperties') {
        if (!isObject(value)) return []
        const others = Object.keys(value).filter((key) => !Object.hasOwn(schema.properties ?? {}, key))
        if (wanted === false) return others.map((key) => `${path}.${key}: unknown`)
        return wanted === true ? [] : others.flatMap((key) => check(value[key], wanted, `${path}.${key}`))
      }
      if (keyword === 'items') {
        return Array.isArray(value) ? value.flatMap((item, i) => check(item, wanted, `${path}.${i}`)) : []
      }
      return holds(keyword, wanted, value, path) ? [] : [`${path}: ${keyword} ${JSON.stringify(wanted)}`]
    })
  }

  function holds(keyword: string, wanted: any, value: any, path: string): boolean {
    switch (keyword) {
      case 'type': {
        const types = [wanted].flat()
        return types.includes(typeOf(value)) || (types.includes('number') && typeof value === 'number')
      }
      case 'const':
        return value === wanted
      case 'enum':
        return wanted.includes(value)
      case 'required':
        return !isObject(value) || wanted.every((key: string) => Object.hasOwn(value, key))
      case 'dependencies':
        return (
          !isObject(value) ||
          Object.keys(wanted).every(
            (key) => !Object.hasOwn(value, key) || check(value, wanted[key], path).length === 0,
          )
        )
      case 'pattern':
        return typeof value !== 'string' || new RegExp(wanted).test(value)
      case 'propertyNames':
        return !isObject(value) || Object.keys(value).every((key) => check(key, wanted, path).length === 0)
      case 'not':
        return check(value, wanted, path).length > 0
      case 'minimum':
        return typeof value !== 'number' || value >= wanted
      case 'exclusiveMinimum':
        return typeof value !== 'number' || value > wanted
      case 'maximum':
        return typeof value !== 'number' || value <= wanted
      case 'maxLength':
        return typeof value !== 'string' || value.length <= wanted
      case 'minItems':
        return !Array.isArray(value) || value.length >= wanted
      case 'maxItems':
        return !Array.isArray(value) || value.length <= wanted
      case 'minProperties':
        return !isObject(value) || Object.keys(value).length >= wanted
      case 'maxProperties':
        return !isObject(value) || Object.keys(value).length <= wanted
      default:
        throw new Error(`${keyword} is not known here`)
    }
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
