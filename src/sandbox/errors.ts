import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ForeignRequestError } from '../loopback/loopback-only'
import { reasonOf } from './reason'
import { Refusal } from './refusal'

/** Fastify's and basic-auth's own errors in words of this API: some of theirs repeat what the client sent. */
const MESSAGES = new Map([
  ['FST_BASIC_AUTH_MISSING_OR_BAD_AUTHORIZATION_HEADER', 'The API key is missing or malformed: send it by Basic auth'],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', 'The body is empty'],
  ['FST_ERR_CTP_INVALID_JSON_BODY', 'The body is not valid JSON'],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'The Content-Type must be application/json']
])

/** Fastify's error handler: answers every error with its status and `{"message": "…"}`, as the contract has it. */
export function answerWithMessage(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode = 500 } = error
  reply.code(statusCode).send({ message: messageOf(error, statusCode, request) })
}

function messageOf(error: FastifyError | Refusal, statusCode: number, request: FastifyRequest): string {
  if (error instanceof Refusal || error instanceof ForeignRequestError) {
    return error.message
  }
  if (error.validation) {
    return reasonOf(error.validation, 'body')
  }
  if (statusCode === 413) {
    return `The body is larger than ${request.routeOptions.bodyLimit / 1024} KB`
  }
  if (statusCode >= 500) {
    return 'Astrolabe failed to answer this request'
  }
  return MESSAGES.get(error.code) ?? 'The request could not be read'
}
