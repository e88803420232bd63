import type { FastifyRequest, FastifySchemaValidationError } from 'fastify'
import type { Message } from './message'
import { messageSchema } from './message-schema'
import { oversizeOf } from './message-size'
import { reasonOf } from './reason'
import type { Workspace } from './workspace'

/** What becomes of one message: the answer to a request that holds it alone, or its result in a batch. */
export type Result = { status: 200 } | { status: 400 | 413 | 501; message: string }

/**
 * Takes one message into the workspace, or says why not. Both endpoints receive by this function, so that a message
 * gets the same answer alone and in a batch.
 *
 * @param value any parsed JSON
 * @param request the request that it came with; it gives the compiled schema
 */
export function receive(value: unknown, request: FastifyRequest, workspace: Workspace): Result {
  const oversize = oversizeOf(value)
  if (oversize !== undefined) {
    return { status: 413, message: oversize }
  }

  const validate: Validate = request.compileValidationSchema(messageSchema)
  if (!isMessage(value, validate)) {
    return refusalFor(failedRules(validate))
  }

  workspace.take(value)
  return { status: 200 }
}

interface Validate {
  (value: unknown): boolean
  errors?: FastifySchemaValidationError[] | null
}

/** Whether a value is a message. The schema and the type `Message` are the same table, written once for each. */
function isMessage(value: unknown, validate: Validate): value is Message {
  return validate(value)
}

/** The cast: ajv leaves at least one error on the validator each time that it refuses a value. */
function failedRules(validate: Validate): FastifySchemaValidationError[] {
  return validate.errors as FastifySchemaValidationError[]
}

function refusalFor(errors: FastifySchemaValidationError[]): Result {
  const isUnsupportedType = errors.some(
    ({ keyword, params }) => keyword === 'discriminator' && params.error === 'mapping'
  )
  return isUnsupportedType
    ? { status: 501, message: 'type is not supported: it must be identify, group or track' }
    : { status: 400, message: reasonOf(errors, 'message') }
}
