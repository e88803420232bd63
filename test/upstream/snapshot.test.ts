import { generateTestData } from '@segment/action-destinations/dist/lib/test-data'
import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import nock from 'nock'
import destination from '../../src/destinations/astrolabe'

const testDestination = createTestIntegration(destination)
const destinationSlug = 'actions-astrolabe'

describe(`Testing snapshot for ${destinationSlug} destination:`, () => {
  const cases = Object.keys(destination.actions).flatMap((actionSlug) => [
    { actionSlug, fields: 'required fields', isRequiredOnly: true },
    { actionSlug, fields: 'all fields', isRequiredOnly: false }
  ])

  it.each(cases)('$actionSlug action - $fields', async ({ actionSlug, isRequiredOnly }) => {
    const seedName = `${destinationSlug}#${actionSlug}`
    const action = destination.actions[actionSlug]
    const [eventData, settingsData] = generateTestData(seedName, destination, action, isRequiredOnly)
    nock('https://ingest.astrolabe.so').post('/v1/events').reply(200)

    const responses = await testDestination.testAction(actionSlug, {
      event: createTestEvent({ properties: eventData }),
      mapping: eventData,
      settings: settingsData
    })

    expect(responses).toHaveLength(1)
    expect(await responses[0].request.json()).toMatchSnapshot()
  })
})
