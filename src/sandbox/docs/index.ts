import type { FastifyInstance } from 'fastify'
import type { Contract } from './contract'
import { contractPage } from './contract-page'
import { describeContract } from './openapi'

/** Nothing on the page comes from elsewhere, and no script runs. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"

/**
 * Serves the contract of the routes that are registered after it: `GET /docs` to read in a browser, `GET /docs/json` and
 * `GET /docs/yaml` for programs. It needs no API key, as a browser has none to open it with.
 */
export function serveDocs(app: FastifyInstance): void {
  describeContract(app)
  app.after(() => {
    const options = { schema: { hide: true }, config: { access: 'public' } } as const
    const contract = () => withThisSandbox(app.swagger())
    app.get('/docs', options, async (_request, reply) =>
      reply
        .header('content-security-policy', CONTENT_SECURITY_POLICY)
        .type('text/html; charset=utf-8')
        // The cast: the contract is of our own routes.
        .send(contractPage(contract() as unknown as Contract))
    )
    app.get('/docs/json', options, async () => contract())
    app.get('/docs/yaml', options, async (_request, reply) =>
      reply.type('application/yaml').send(app.swagger({ yaml: true }))
    )
  })
}

/** The first server is the one that the page shows. */
function withThisSandbox<Document extends object>(contract: Document): Document & { servers: object[] } {
  const { servers = [] } = contract as { servers?: object[] }
  return { ...contract, servers: [{ url: '/v1', description: 'This sandbox' }, ...servers] }
}
