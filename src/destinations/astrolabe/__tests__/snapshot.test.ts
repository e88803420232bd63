import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { InputField, JSONObject } from '@segment/actions-core'
import nock from 'nock'
import destination from '../index'

const testDestination = createTestIntegration(destination)
const destinationSlug = 'actions-astrolabe'
const text = 'dx%7]&B!@#$^*()['

interface Case {
  actionSlug: string
  fields: string
  isChosen: (field: [string, InputField]) => boolean
}

const CASES: Case[] = Object.keys(destination.actions).flatMap((actionSlug) => [
  { actionSlug, fields: 'required fields', isChosen: ([, { required }]) => Boolean(required) },
  { actionSlug, fields: 'all fields', isChosen: () => true }
])

/** A literal value for each type of field. A number is as large as its field allows. */
function literal({ type, maximum }: InputField) {
  switch (type) {
    case 'boolean':
      return true
    case 'number':
      return maximum ?? 1094133.49
    case 'object':
      return { testType: text }
    default:
      return text
  }
}

describe(`Testing snapshot for ${destinationSlug} destination:`, () => {
  it.each(CASES)('$actionSlug action - $fields', async ({ actionSlug, isChosen }: Case) => {
    const fields = Object.entries(destination.actions[actionSlug].fields)
    const chosen = fields.filter(isChosen).map(([key, field]) => [key, literal(field)])
    nock('https://ingest.astrolabe.so').post('/v1/events').reply(200)

    const responses = await testDestination.testAction(actionSlug, {
      event: createTestEvent({ type: 'track' }),
      // User ID or Anonymous ID is required.
      mapping: { user_id: text, ...Object.fromEntries(chosen) } as JSONObject,
      settings: { apiKey: text }
    })

    expect(responses.map(({ url }) => url)).toEqual(['https://ingest.astrolabe.so/v1/events'])
    expect(JSON.parse(responses[0].options.body as string)).toMatchSnapshot()
  })
})
