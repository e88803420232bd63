import type { SegmentEvent } from '@segment/actions-core'
import { isEnabledFor } from '../../src/runtime/integrations'

describe("an event's integrations object", () => {
  it.each([
    [true, undefined],
    [true, null],
    [true, {}],
    [true, { Astrolabe: true }],
    [true, { All: false, Astrolabe: true }],
    [true, { All: false, Astrolabe: { someOption: 1 } }],
    [true, { Mixpanel: false }],
    [true, { astrolabe: false }],
    [true, { All: true, Astrolabe: null }],
    [false, { Astrolabe: false }],
    [false, { All: true, Astrolabe: false }],
    [false, { All: false }],
    [false, { All: false, astrolabe: true }],
    [false, { All: false, Astrolabe: null }],
    [false, { All: false, Mixpanel: true }]
  ])('answers %s for %j', (isEnabled, integrations) => {
    expect(isEnabledFor('Astrolabe', { type: 'track', integrations } as unknown as SegmentEvent)).toBe(isEnabled)
  })
})
