import type { ActionDefinition } from '@segment/actions-core'
import { sendBatch } from '../batch'
import { accountId, anonymousId, messageFields, userId } from '../fields'
import type { Settings } from '../generated-types'
import { sendMessage } from '../ingest'
import { identifyMessage } from '../message'
import type { Payload } from './generated-types'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Identify User',
  description: 'Create or update a User in Astrolabe.',
  defaultSubscription: 'type = "identify"',
  fields: {
    user_id: userId,
    anonymous_id: anonymousId,
    traits: {
      label: 'Traits',
      description:
        "The User's traits, such as email, name or plan. New values replace old ones in Astrolabe. A null value clears a trait.",
      type: 'object',
      defaultObjectUI: 'keyvalue',
      default: { '@path': '$.traits' }
    },
    account_id: accountId,
    ...messageFields
  },
  perform: (request, { settings, payload }) => sendMessage(request, settings, identifyMessage(payload)),
  performBatch: (request, { settings, payload }) => sendBatch(request, settings, payload, identifyMessage)
}

export default action
