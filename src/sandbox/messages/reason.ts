import type { FastifySchemaValidationError } from 'fastify'

/**
 * Says in one sentence why a schema rejected a value: names the field and the mistake, never the value.
 *
 * @param errors the validator's, at least one
 * @param whole the name of the validated value itself: `message`, `body`, `query`
 */
export function reasonOf(errors: FastifySchemaValidationError[], whole: string): string {
  // ajv stops at the first failed rule and reports an `anyOf` after its branches, so the last error counts.
  const { keyword, params, instancePath, message } = errors[errors.length - 1]
  const field = instancePath === '' ? `The ${whole}` : instancePath.slice(1)
  switch (keyword) {
    case 'required':
    case 'anyOf':
      return `${missingFields(errors).join(' or ')} is missing`
    case 'type':
      return `${field} must be ${A_VALUE_OF[String(params.type)]}`
    case 'discriminator':
      return `${String(params.tag)} must be a string`
    case 'minLength':
    case 'minItems':
      return `${field} is empty`
    case 'format':
      return `${field} must be an ISO 8601 date and time`
    case 'additionalProperties':
      return `${JSON.stringify(params.additionalProperty)} is not a field of the ${whole}`
    default:
      return `${field} ${message}`
  }
}

const A_VALUE_OF: Record<string, string> = { string: 'a string', object: 'an object', array: 'an array' }

/** One name, or the names that an `anyOf` gives the choice of. */
function missingFields(errors: FastifySchemaValidationError[]): string[] {
  return errors.filter(({ keyword }) => keyword === 'required').map(({ params }) => String(params.missingProperty))
}
