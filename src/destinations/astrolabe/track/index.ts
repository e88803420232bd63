import type { ActionDefinition } from '@segment/actions-core'
import { sendBatch } from '../batch'
import { accountId, anonymousId, messageFields, userId } from '../fields'
import type { Settings } from '../generated-types'
import { sendMessage } from '../ingest'
import { trackMessage } from '../message'
import type { Payload } from './generated-types'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Track Event',
  description: 'Record an event of a User in Astrolabe.',
  defaultSubscription: 'type = "track"',
  fields: {
    event: {
      label: 'Event Name',
      description: 'The name of the event, such as "User Registered".',
      type: 'string',
      required: true,
      default: { '@path': '$.event' }
    },
    user_id: userId,
    anonymous_id: anonymousId,
    properties: {
      label: 'Properties',
      description: 'The details of the event, such as the plan that was bought.',
      type: 'object',
      defaultObjectUI: 'keyvalue',
      default: { '@path': '$.properties' }
    },
    account_id: accountId,
    ...messageFields
  },
  perform: (request, { settings, payload }) => sendMessage(request, settings, trackMessage(payload)),
  performBatch: (request, { settings, payload }) => sendBatch(request, settings, payload, trackMessage)
}

export default action
