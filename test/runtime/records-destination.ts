import { MultiStatusResponse } from '@segment/actions-core'
import type { DestinationDefinition, RequestClient, SegmentEvent } from '@segment/actions-core'
import type { AttemptResult, EventTrace, Runtime } from '../../src/runtime'
import { basic } from '../http'

/** A destination that is not Astrolabe's: the runtime knows none. */
export const HOST = 'https://records.example'

export interface Settings {
  token: string
  region: string
}

interface Payload {
  id?: string
}

export const settings: Settings = { token: 'fake-token', region: 'eu' }

interface Actions {
  perform?: (request: RequestClient, payload: Payload) => unknown
  /** `undefined` leaves the actions without batches. */
  performBatch?: ((request: RequestClient, payloads: Payload[]) => unknown) | undefined
}

/** A destination with the actions `add` (track calls) and `name` (identify calls). */
export function records({ perform = sendOne, ...rest }: Actions = {}): DestinationDefinition<Settings> {
  const performBatch = 'performBatch' in rest ? rest.performBatch : sendMany
  const action = (title: string) => ({
    title,
    description: title,
    fields: { id: { label: 'ID', description: 'An ID.', type: 'string' as const } },
    perform: (request: RequestClient, { payload }: { payload: Payload }) => perform(request, payload),
    performBatch:
      performBatch && ((request: RequestClient, { payload }: { payload: Payload[] }) => performBatch(request, payload))
  })
  return {
    name: 'Records',
    mode: 'cloud',
    authentication: {
      scheme: 'custom',
      fields: {
        token: { label: 'Token', description: 'A token.', type: 'password', required: true },
        region: { label: 'Region', description: 'A region.', type: 'string', required: true }
      }
    },
    extendRequest: ({ settings: { token } }) => ({ headers: { Authorization: basic(`${token}:`) } }),
    presets: [
      { name: 'Add', type: 'automatic', partnerAction: 'add', subscribe: 'type = "track"', mapping: idOf('$.userId') },
      { name: 'Name', type: 'automatic', partnerAction: 'name', subscribe: 'type = "identify"', mapping: {} },
      {
        name: 'Audience',
        type: 'specificEvent',
        partnerAction: 'add',
        eventSlug: 'warehouse_all_events_track',
        mapping: {}
      }
    ],
    actions: { add: action('Add'), name: action('Name') }
  }
}

/** One attempt under each mapping that the event goes to, as a host makes it. */
export function attempt(runtime: Runtime, event: SegmentEvent, trace?: EventTrace): Promise<AttemptResult[]> {
  return runtime.attempt(event, runtime.route(event, trace).mappings, trace)
}

export function idOf(path: string) {
  return { id: { '@path': path } }
}

function sendOne(request: RequestClient, json: Payload) {
  return request(`${HOST}/one`, { method: 'post', json, skipResponseCloning: true })
}

/** The response's body is a list of statuses, one per payload. */
async function sendMany(request: RequestClient, json: Payload[]) {
  const { data } = await request<number[]>(`${HOST}/many`, { method: 'post', json, skipResponseCloning: true })
  const results = new MultiStatusResponse()
  data?.forEach((status, index) => {
    if (status < 300) {
      results.setSuccessResponseAtIndex(index, { status, sent: {}, body: {} })
    } else {
      results.setErrorResponseAtIndex(index, { status, errormessage: `Not ${json[index].id}`, body: {} })
    }
  })
  return results
}
