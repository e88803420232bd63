import type { FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { connectorOf } from './authentication'
import { reasonOf } from './messages/reason'
import { messageSchema } from './messages/schema'
import type { Message } from './messages/schema'
import { measure } from './messages/size'
import type { Workspace } from './workspace/workspace'

/** The result of one message: the response to its own request, or its result in a batch. */
export type Result = { status: 200 } | { status: 400 | 413 | 501; message: string }

/**
 * Applies one message to the workspace, or says why not. Both endpoints use it, so a message has the same result in a
 * request of its own and in a batch.
 *
 * @param value any parsed JSON
 * @param request the request that it came with; it gives the compiled schema and the connector
 */
export function receive(value: unknown, request: FastifyRequest, workspace: Workspace): Result {
  const size = measure(value)
  if ('error' in size) {
    return { status: 413, message: size.error }
  }
  const validate: Validate = request.compileValidationSchema(messageSchema)
  if (!isMessage(value, validate)) {
    return rejectionFor(failedRules(validate))
  }
  workspace.receive(value, size.text, connectorOf(request))
  return { status: 200 }
}

interface Validate {
  (value: unknown): boolean
  errors?: FastifySchemaValidationError[] | null
}

/** The type `Message` is derived from the schema. */
function isMessage(value: unknown, validate: Validate): value is Message {
  return validate(value)
}

/** The cast: ajv leaves at least one error on the validator each time that it rejects a value. */
function failedRules(validate: Validate): FastifySchemaValidationError[] {
  return validate.errors as FastifySchemaValidationError[]
}

function rejectionFor(errors: FastifySchemaValidationError[]): Result {
  const isUnsupportedType = errors.some(
    ({ keyword, params }) => keyword === 'discriminator' && params.error === 'mapping'
  )
  return isUnsupportedType
    ? { status: 501, message: 'type is not supported: it must be identify, group or track' }
    : { status: 400, message: reasonOf(errors, 'message') }
}
