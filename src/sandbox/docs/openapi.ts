import type { SwaggerTransform, SwaggerTransformObject } from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { assumed, documented, provenanceKeywords } from '../provenance'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body as the contract has it, of which Fastify's own check is to leave some or all to the route. */
    contractBody?: object
  }
}

/**
 * Makes the contract of the routes that are registered after it, as OpenAPI 3.1: `app.swagger()` gives it once the
 * instance is ready. It is what `docs/openapi.yaml` is written from.
 */
export function describeContract(app: FastifyInstance): void {
  // Loaded here: whoever delivers to a sandbox has no use for it.
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
        { name: 'Messages', description: 'Documented, but for what is marked.' },
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
    // The cast: every schema that is shared has one. It names the schema in the document.
    refResolver: { buildLocalReference: ({ $id }) => $id as string },
    transform: withContractBody,
    transformObject: withMarkedAnswers
  })
}

const DESCRIPTION = `The contract that Astrolabe's destination for Segment is built to. Astrolabe publishes no reference of this API.

- \`x-documented: true\`: public, from Segment's
  [Building a Direct Destination](https://segment.com/docs/partners/direct-destination/) and
  [Spec](https://segment.com/docs/connections/spec/), and
  [Astrolabe's page](https://segment.com/docs/connections/destinations/catalog/astrolabe/) in Segment's catalog.
- \`x-assumed: true\`: without a public source. The real Astrolabe may do otherwise.`

const withContractBody: SwaggerTransform = ({ schema, url, route }) => ({
  schema: { ...schema, body: route.config?.contractBody, [AS_DECLARED]: schema.response },
  url
})

/** Fastify's response schemas, on their way to `withMarkedAnswers`: an operation keeps what is called `x-…`. */
const AS_DECLARED = 'x-as-declared'

/** In OpenAPI a mark stands at the answer, but in the schema for Fastify, whose generator loses it where that refers. */
const withMarkedAnswers: SwaggerTransformObject = (document) => {
  const { openapiObject } = document as Extract<typeof document, { openapiObject: object }>
  // The cast: this much is known of the routes, which are all ours.
  const { paths } = openapiObject as unknown as Contract
  for (const { post } of Object.values(paths)) {
    for (const [status, answer] of Object.entries(post.responses)) {
      const { schema } = answer.content['application/json']
      const declared = post[AS_DECLARED]?.[status] ?? {}
      for (const mark of provenanceKeywords.filter((keyword) => keyword in declared)) {
        answer[mark] = declared[mark]
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
  responses: Record<string, Answer>
  [AS_DECLARED]?: Record<string, Record<string, unknown>>
}

interface Answer {
  content: { 'application/json': { schema: Record<string, unknown> } }
  [mark: string]: unknown
}
