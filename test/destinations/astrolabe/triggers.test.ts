import { generateFql, parseFql } from '@segment/destination-subscriptions'
import destination from '../../../src/destinations/astrolabe'

describe('triggers', () => {
  const triggers = [
    ...(destination.presets ?? []).flatMap((preset) => (preset.type === 'automatic' ? [preset.subscribe] : [])),
    ...Object.values(destination.actions).map(({ defaultSubscription = '' }) => defaultSubscription)
  ]

  it.each(triggers)('%s reads back as it was written', (fql) => {
    expect(generateFql(parseFql(fql))).toBe(fql)
  })
})
