import type { SwaggerTransform, SwaggerTransformObject } from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { assumed, documented, provenanceKeywords } from '../provenance'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body in the contract, if the route checks some of it itself. */
    contractBody?: object
  }
}

/**
 * Describes the routes that are registered after it as OpenAPI 3.1. `app.swagger()` returns the description once the
 * instance is ready. `npm run openapi` writes it to `docs/openapi.yaml`.
 */
export function describeContract(app: FastifyInstance): void {
  // Loaded here, because most sandboxes don't need it.
  app.register(import('@fastify/swagger'), {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: "Astrolabe's ingest API",
        version: 'v1',
        description: DESCRIPTION,
        contact: { name: 'Astrolabe', email: 'team@astrolabe.so' },
        license: { name: 'MIT', identifier: 'MIT' }
      },
      servers: [{ url: 'https://ingest.astrolabe.so/v1', description: 'Astrolabe (assumed)', ...assumed }],
      tags: [
        { name: 'Messages', description: 'Documented, except what is marked as assumed.' },
        { name: 'Batches', description: 'Assumed as a whole.' }
      ],
      security: [{ basic: [] }],
      components: {
        securitySchemes: {
          basic: {
            type: 'http',
            scheme: 'basic',
            description: 'The API key is the user name, the password is empty: `base64("<apiKey>:")`.',
            ...documented
          }
        }
      }
    },
    convertConstToEnum: false,
    // The cast: every shared schema has an `$id`.
    refResolver: { buildLocalReference: ({ $id }) => $id as string },
    transform: withContractBody,
    transformObject: withMarkedResponses
  })
}

const DESCRIPTION = `The contract that Astrolabe's destination for Segment is built to. Astrolabe publishes no reference of this API.

- \`x-documented: true\`: public, from Segment's
  [Building a Direct Destination](https://segment.com/docs/partners/direct-destination/) and
  [Spec](https://segment.com/docs/connections/spec/), and
  [Astrolabe's page](https://segment.com/docs/connections/destinations/catalog/astrolabe/) in Segment's catalog.
- \`x-assumed: true\`: without a public source. The real Astrolabe may differ.`

const withContractBody: SwaggerTransform = ({ schema, url, route }) => ({
  schema: { ...schema, body: route.config?.contractBody, [AS_DECLARED]: schema.response },
  url
})

/** Fastify's response schemas, on their way to `withMarkedResponses`: an operation keeps what is called `x-…`. */
const AS_DECLARED = 'x-as-declared'

/** Fastify loses `x-` marks behind a `$ref`. This moves them to the response object. */
const withMarkedResponses: SwaggerTransformObject = (document) => {
  const { openapiObject } = document as Extract<typeof document, { openapiObject: object }>
  // The cast: these are our own routes.
  const { paths } = openapiObject as unknown as Contract
  for (const { post } of Object.values(paths)) {
    for (const [status, response] of Object.entries(post.responses)) {
      const { schema } = response.content['application/json']
      const declared = post[AS_DECLARED]?.[status] ?? {}
      for (const mark of provenanceKeywords.filter((keyword) => keyword in declared)) {
        response[mark] = declared[mark]
        delete schema[mark]
      }
      delete schema.description
    }
    delete post[AS_DECLARED]
  }
  return openapiObject
}

interface Contract {
  paths: Record<string, { post: Operation }>
}

interface Operation {
  responses: Record<string, DocumentedResponse>
  [AS_DECLARED]?: Record<string, Record<string, unknown>>
}

interface DocumentedResponse {
  content: { 'application/json': { schema: Record<string, unknown> } }
  [mark: string]: unknown
}
