import { dset } from 'dset'
import type { FastifyInstance } from 'fastify'
import { assertShallow, parseObject } from '../body'
import { InvalidRequest } from '../invalid-request'
import type { Refuse } from '../invalid-request'
import type { Call } from '../message'
import { writeKeyOf } from '../receive'
import type { Receive } from '../receive'

/** A transparent GIF of 1×1 pixels. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

interface PixelRequest {
  Params: { type: string }
  Querystring: Record<string, string | string[]>
}

/**
 * `GET /pixel/track?data=…` with the call as JSON in base64, or with flat fields such as `properties.plan=Pro`. For
 * e-mails and pages without scripts: an image can't show an error, so every response is the same.
 */
export async function pixelRoute(
  app: FastifyInstance,
  { receive, refuse }: { receive: Receive; refuse: Refuse }
): Promise<void> {
  app.get<PixelRequest>('/pixel/:type', { config: { rateLimit: false } }, async (request, reply) => {
    try {
      const call = callOf(request.query)
      receive({ ...call, type: request.params.type }, writeKeyOf(request.headers.authorization, call.writeKey))
    } catch (error) {
      if (!(error instanceof InvalidRequest)) {
        throw error
      }
      await refuse(request, error.message)
    }
    return reply.type('image/gif').header('cache-control', 'no-store').send(GIF)
  })
}

/** @throws InvalidRequest if it can't be read */
function callOf({ data, ...fields }: PixelRequest['Querystring']): Call {
  // A `+` of base64 that was not escaped arrives as a space.
  return typeof data === 'string'
    ? parseObject(Buffer.from(data.replaceAll(' ', '+'), 'base64').toString('utf8'))
    : assertShallow(nested(fields))
}

function nested(fields: Record<string, unknown>): Call {
  const call: Call = {}
  for (const [path, value] of Object.entries(fields)) {
    dset(call, path, value)
  }
  return call
}
