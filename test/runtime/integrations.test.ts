import type { SegmentEvent } from '@segment/actions-core'
import { decideIntegrations, filteredReason } from '../../src/runtime/integrations'

const event = (integrations: unknown) => ({ type: 'track', integrations }) as unknown as SegmentEvent

describe("an event's integrations object", () => {
  it.each([
    [undefined, undefined],
    [null, undefined],
    [{}, undefined],
    [{ Astrolabe: true }, 'integrations.Astrolabe is true'],
    [{ All: false, Astrolabe: true }, 'integrations.Astrolabe is true'],
    [{ All: false, Astrolabe: { someOption: 1 } }, 'integrations.Astrolabe is an object'],
    [{ Mixpanel: false }, undefined],
    [{ astrolabe: false }, undefined],
    [{ All: true, Astrolabe: null }, 'integrations.All is true']
  ])('%j lets the event through: %s', (integrations, decidedBy) => {
    expect(decideIntegrations('Astrolabe', event(integrations))).toEqual({ isEnabled: true, decidedBy })
  })

  it.each([
    [{ Astrolabe: false }, 'integrations.Astrolabe is false.'],
    [{ All: true, Astrolabe: false }, 'integrations.Astrolabe is false.'],
    [{ All: false }, 'integrations.All is false, and there is no entry for Astrolabe.'],
    [
      { All: false, astrolabe: true },
      'integrations.All is false, and there is no entry for Astrolabe. "integrations.astrolabe" is not read: the destination\'s name is "Astrolabe".'
    ],
    [
      { All: false, 'Astrolabe (Actions)': true },
      'integrations.All is false, and there is no entry for Astrolabe. "integrations.Astrolabe (Actions)" is not read: the destination\'s name is "Astrolabe".'
    ],
    [{ All: false, Astrolabe: null }, 'integrations.All is false, and there is no entry for Astrolabe.'],
    [{ All: false, Mixpanel: true }, 'integrations.All is false, and there is no entry for Astrolabe.']
  ])('%j keeps the event back: %s', (integrations, words) => {
    const decision = decideIntegrations('Astrolabe', event(integrations))

    expect(decision.isEnabled).toBe(false)
    expect(filteredReason('Astrolabe', event(integrations), decision)).toBe(
      `The event's integrations object keeps it from Astrolabe: ${words}`
    )
  })
})
