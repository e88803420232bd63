import { defaultValues } from '@segment/actions-core'
import type { DestinationDefinition } from '@segment/actions-core'
import type { Settings } from './generated-types'
import group from './group'
import identify from './identify'
import { checkApiKey } from './ingest'
import track from './track'

const destination: DestinationDefinition<Settings> = {
  name: 'Astrolabe',
  slug: 'actions-astrolabe',
  mode: 'cloud',
  description: 'Send Users, Accounts and events to Astrolabe, the revenue operations platform.',

  authentication: {
    scheme: 'custom',
    fields: {
      apiKey: {
        label: 'API Key',
        description: 'Your Astrolabe API key',
        type: 'password',
        required: true
      }
    },
    testAuthentication: (request, { settings }) => checkApiKey(request, settings)
  },

  presets: [
    {
      name: identify.title,
      subscribe: 'type = "identify"',
      partnerAction: 'identify',
      mapping: defaultValues(identify.fields),
      type: 'automatic'
    },
    {
      name: group.title,
      subscribe: 'type = "group"',
      partnerAction: 'group',
      mapping: defaultValues(group.fields),
      type: 'automatic'
    },
    {
      name: track.title,
      subscribe: 'type = "track"',
      partnerAction: 'track',
      mapping: defaultValues(track.fields),
      type: 'automatic'
    },
    {
      name: 'Associated Entity Added',
      partnerAction: 'track',
      mapping: defaultValues(track.fields),
      type: 'specificEvent',
      eventSlug: 'warehouse_entity_added_track'
    },
    {
      name: 'Associated Entity Removed',
      partnerAction: 'track',
      mapping: defaultValues(track.fields),
      type: 'specificEvent',
      eventSlug: 'warehouse_entity_removed_track'
    },
    {
      name: 'Entities Audience Entered',
      partnerAction: 'track',
      mapping: defaultValues(track.fields),
      type: 'specificEvent',
      eventSlug: 'warehouse_audience_entered_track'
    },
    {
      name: 'Entities Audience Exited',
      partnerAction: 'track',
      mapping: defaultValues(track.fields),
      type: 'specificEvent',
      eventSlug: 'warehouse_audience_exited_track'
    },
    {
      name: 'Entities Audience Membership Changed',
      partnerAction: 'identify',
      mapping: defaultValues(identify.fields),
      type: 'specificEvent',
      eventSlug: 'warehouse_audience_membership_changed_identify'
    },
    {
      name: 'Journeys Step Entered',
      partnerAction: 'track',
      mapping: defaultValues(track.fields),
      type: 'specificEvent',
      eventSlug: 'journeys_step_entered_track'
    }
  ],

  actions: {
    identify,
    group,
    track
  }
}

export default destination
