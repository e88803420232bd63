import type { FastifyInstance } from 'fastify'
import { describeContract } from './openapi'

/**
 * Serves the contract of the routes that are registered after it, to be read and tried out in a browser: `GET /docs`,
 * and `GET /docs/yaml` for programs. Everything that the page needs comes from this machine. It needs no API key, as a
 * browser has none to open it with.
 */
export function serveDocs(app: FastifyInstance): void {
  describeContract(app)
  app.register(async (pages) => {
    pages.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' }
    })
    await pages.register(import('@fastify/swagger-ui'), {
      routePrefix: '/docs',
      theme: { title: "Astrolabe's ingest API" },
      uiConfig: { layout: 'BaseLayout', docExpansion: 'full', showExtensions: true },
      staticCSP: CONTENT_SECURITY_POLICY,
      transformSpecification: withThisSandbox
    })
  })
}

/** What is tried out on the page goes nowhere else: the browser keeps it to this origin. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'none'"

/** The first server is the one that the page sends to. */
function withThisSandbox(contract: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // The cast: OpenAPI's form.
  const servers = contract.servers as object[]
  return { ...contract, servers: [{ url: '/v1', description: 'This sandbox' }, ...servers] }
}
