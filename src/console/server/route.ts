import type { FastifyInstance, FastifySchema, HTTPMethods } from 'fastify'
import type { Route, RouteParams, Routes } from './api'

type Of<R extends Route, Part extends string> = Routes[R] extends Record<Part, infer Value> ? Value : undefined

/** What a route's handler gets: validated by the route's schema. */
export interface RouteRequest<R extends Route> {
  params: RouteParams<R>
  query: Of<R, 'query'>
  body: Of<R, 'body'>
  /** Of the console, as the client reaches it, such as `http://127.0.0.1:4020`. */
  origin: string
  /** Aborted if the client leaves before it has the response. */
  signal: AbortSignal
}

type RouteResponse<R extends Route> = Routes[R]['response']

/**
 * Adds a route of the API as `Routes` describes it. A `POST` that creates something responds with 201 if `status` says
 * so, and a route without a response body responds with 204.
 */
export function addRoute<R extends Route>(
  app: FastifyInstance,
  route: R,
  { schema, status = 200 }: { schema?: FastifySchema; status?: 200 | 201 | 202 },
  respond: (request: RouteRequest<R>) => RouteResponse<R> | Promise<RouteResponse<R>>
): void {
  const [method, url] = route.split(' ') as [HTTPMethods, string]
  app.route({
    method,
    url,
    schema,
    handler: async (request, reply) => {
      const left = new AbortController()
      reply.raw.once('close', () => left.abort())
      // The cast: Fastify types what arrives as unknown, and the schema beside the route has checked it.
      const { params, query, body } = request as unknown as Omit<RouteRequest<R>, 'origin' | 'signal'>
      const origin = `http://${request.host}`
      const response = await respond({ params, query, body, origin, signal: left.signal })
      return response === undefined ? reply.code(204).send() : reply.code(status).send(response)
    }
  })
}
