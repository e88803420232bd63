import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from './api'
import { RequestError } from './request-error'

/** Fastify's error handler: every error becomes a `Problem`. An error of the server itself gives nothing away. */
export function respondWithProblem(
  error: FastifyError | RequestError,
  _request: FastifyRequest,
  reply: FastifyReply
): void {
  const { statusCode = 500 } = error
  const problem: Problem = {
    message: statusCode >= 500 ? 'The console failed. Please report this.' : sentence(error.message),
    ...(error instanceof RequestError && error.fields && { fields: error.fields }),
    ...('validation' in error && error.validation && { fields: fieldProblems(error) })
  }
  reply.code(statusCode).send(problem)
}

function fieldProblems({ validation = [] }: FastifyError): Problem['fields'] {
  return validation.map(({ instancePath, params, message = 'is not valid' }) => {
    const path = instancePath.split('/').filter(Boolean)
    const missing = params.missingProperty
    return { field: [...path, ...(typeof missing === 'string' ? [missing] : [])].join('.'), message: sentence(message) }
  })
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}
