import type { FastifyInstance } from 'fastify'
import type { Contract } from './contract-page'
import { contractPage } from './contract-page'
import { describeContract } from './openapi'
import { PAGE_ROUTE, sendPage } from './page'

/**
 * Serves the contract of the routes that are registered after it: `GET /docs` to read in a browser, `GET /docs/json` and
 * `GET /docs/yaml` for programs. It needs no API key, as a browser has none to open it with.
 */
export function serveDocs(app: FastifyInstance): void {
  describeContract(app)
  app.after(() => {
    const contract = () => withThisSandbox(app.swagger())
    app.get('/docs', PAGE_ROUTE, async (_request, reply) =>
      // The cast: the contract is of our own routes.
      sendPage(reply, contractPage(contract() as unknown as Contract))
    )
    app.get('/docs/json', PAGE_ROUTE, async () => contract())
    app.get('/docs/yaml', PAGE_ROUTE, async (_request, reply) =>
      reply.type('application/yaml').send(app.swagger({ yaml: true }))
    )
  })
}

/** The first server is the one that the page shows. */
function withThisSandbox<Document extends object>(contract: Document): Document & { servers: object[] } {
  const { servers = [] } = contract as { servers?: object[] }
  return { ...contract, servers: [{ url: '/v1', description: 'This sandbox' }, ...servers] }
}
