/**
 * Writes the description of the console's API, which the console serves as `/api/openapi.json`: OpenAPI 3.1. Responses
 * come from the types in `src/console/server/api.ts`, and requests from the schemas that check them.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fastify from 'fastify'
import type { RouteOptions } from 'fastify'
import { createGenerator } from 'ts-json-schema-generator'
import packageJson from '../../package.json'
import { API_ROUTES } from '../../src/console/server/build'
import { ConsoleState } from '../../src/console/server/state'

const FILE = 'dist/console/pages/api/openapi.json'

interface JsonSchema {
  description?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  definitions?: Record<string, JsonSchema>
  type?: string
}

const types = createGenerator({
  path: 'src/console/server/api.ts',
  tsconfig: 'tsconfig.json',
  type: '*',
  topRef: false,
  skipTypeCheck: true
})

async function main(): Promise<void> {
  const { properties = {}, definitions } = typeNamed('Routes')
  const { definitions: ofProblem, ...Problem } = typeNamed('Problem')
  const paths: Record<string, Record<string, object>> = {}
  for (const route of await registeredRoutes()) {
    const url = route.url.replace(/:(\w+)/g, '{$1}')
    const method = String(route.method)
    paths[url] = { ...paths[url], [method.toLowerCase()]: operation(route, properties[`${method} ${route.url}`]) }
  }
  const description = {
    openapi: '3.1.0',
    info: { title: "The console's API", version: packageJson.version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: { ...definitions, ...ofProblem, Problem } }
  }
  mkdirSync(path.dirname(FILE), { recursive: true })
  writeFileSync(FILE, withOpenApiNames(JSON.stringify(description)))
}

/** What a type in `api.ts` looks like as JSON. */
function typeNamed(name: string): JsonSchema {
  const { $schema: _, ...schema } = types.createSchema(name)
  // The cast: our types are objects, so no schema is a boolean.
  return schema as JsonSchema
}

/** Definitions live elsewhere in OpenAPI, and their names have no brackets: `Page<User>` becomes `PageOfUser`. */
function withOpenApiNames(json: string): string {
  return json.replaceAll('#/definitions/', '#/components/schemas/').replace(/\b(\w+)(?:<|%3C)(\w+)(?:>|%3E)/g, '$1Of$2')
}

async function registeredRoutes(): Promise<RouteOptions[]> {
  const routes: RouteOptions[] = []
  const state = new ConsoleState({ keep: 1, version: '', hasBatchEndpoint: true, origin: () => '' })
  const app = fastify({ exposeHeadRoutes: false })
  app.addHook('onRoute', (route) => void routes.push(route))
  for (const plugin of API_ROUTES) {
    app.register(plugin, { state })
  }
  await app.ready()
  state.close()
  await app.close()
  return routes
}

/** @param type of the route in `Routes`. The live feed has none. */
function operation({ method, url, schema = {} }: RouteOptions, type: JsonSchema | undefined): object {
  const [, , subject = ''] = url.split('/')
  // The casts: these are the schemas of our own routes.
  const query = (schema.querystring ?? {}) as JsonSchema
  const names = (schema.params ?? {}) as JsonSchema
  return {
    operationId: `${String(method)} ${url}`.replace(/[^a-zA-Z]+(\w?)/g, (_, letter: string) => letter.toUpperCase()),
    summary: type?.description ?? `${String(method)} ${url}`,
    tags: [subject],
    parameters: [
      ...Array.from(url.matchAll(/:(\w+)/g), ([, name]) => parameter('path', name, names.properties?.[name], true)),
      ...Object.entries(query.properties ?? {}).map(([name, value]) =>
        parameter('query', name, value, query.required?.includes(name) ?? false)
      )
    ],
    ...(schema.body !== undefined && { requestBody: { required: true, content: json(schema.body) } }),
    responses: {
      ...(type ? success(type.properties?.response) : STREAM),
      '4XX': { description: 'What happened and what to do.', content: json({ $ref: '#/definitions/Problem' }) }
    }
  }
}

const STREAM = {
  200: { description: 'Server-sent events.', content: { 'text/event-stream': { schema: { type: 'string' } } } }
}

function success(response: JsonSchema = {}): object {
  return response.type === 'null'
    ? { 204: { description: 'Done.' } }
    : { '2XX': { description: 'Done.', content: json(response) } }
}

function parameter(place: 'path' | 'query', name: string, schema: unknown = { type: 'string' }, required: boolean) {
  return { name, in: place, required, schema }
}

function json(schema: unknown): object {
  return { 'application/json': { schema } }
}

void main()
