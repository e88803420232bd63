import type { FastifyInstance } from 'fastify'
import { FaultSpecError, faultSpec, faultUsages, parseFault } from '../../../sandbox/faults/spec'
import type { Faults, FaultSuggestion } from '../api'
import { RequestError } from '../request-error'
import { addRoute } from '../route'
import type { ConsoleState } from '../state'

const SUGGESTIONS: FaultSuggestion[] = [
  {
    label: 'Rate limit',
    description: 'Astrolabe responds with 429 and asks to wait 5 seconds.',
    spec: 'retry-after=seconds,wait=5'
  },
  { label: 'Outage', description: 'Astrolabe responds with 503.', spec: 'status=503' },
  { label: 'Internal error, twice', description: 'The third attempt succeeds.', spec: 'status=500,times=2' },
  { label: 'Slow response', description: 'Astrolabe sends a byte per second.', spec: 'drip=body,every=1000' },
  { label: 'Silence', description: 'Astrolabe accepts the message and never responds.', spec: 'stall=header' },
  { label: 'Rejected key', description: 'Astrolabe responds with 401.', spec: 'status=401' },
  { label: 'Missing permission', description: 'Astrolabe responds with 403.', spec: 'status=403' },
  { label: 'Bad batch results', description: 'Astrolabe returns too few results.', spec: 'results=short' },
  { label: 'Reset', description: 'The connection breaks before the response.', spec: 'reset=after' },
  { label: 'Redirect', description: 'Astrolabe redirects to another host.', spec: 'redirect=host' }
]

const body = {
  type: 'object',
  required: ['active'],
  properties: { active: { type: 'array', items: { type: 'string', maxLength: 200 }, maxItems: 20 } },
  additionalProperties: false
}

/** The sandbox's faults, which can be switched while it runs. */
export async function faultRoutes(app: FastifyInstance, { state }: { state: ConsoleState }): Promise<void> {
  const { faults, live } = state
  const view = (): Faults => ({
    active: faults.active.map(faultSpec),
    suggestions: SUGGESTIONS,
    kinds: faultUsages.filter(({ usage }) => !usage.startsWith('tls='))
  })

  addRoute(app, 'GET /api/faults', {}, view)

  addRoute(app, 'PUT /api/faults', { schema: { body } }, ({ body: { active } }) => {
    try {
      faults.set(active.map(parseFault))
    } catch (error) {
      const isOurs = error instanceof FaultSpecError || error instanceof RangeError
      throw isOurs ? new RequestError(422, error.message) : error
    }
    live.changed('faults')
    return view()
  })
}
