import { Patience } from '../../../src/cli/deliver/patience'
import type { Outcome } from '../../../src/runtime/delivery-record'

type Step = [outcome: Outcome, status?: number]

/** After which of the events a run is given up, why, and since when nothing got through. */
function givenUp(...steps: Step[]) {
  const patience = new Patience()
  for (const [index, [outcome, status]] of steps.entries()) {
    const place = `line ${index + 1}`
    const givingUp = patience.afterEvent(place, { unit: 'line', line: index + 1, raw: '{}', outcome, status })
    if (givingUp) {
      return { at: place, ...givingUp }
    }
  }
  return undefined
}

const NO_KEY = 'Astrolabe does not accept the API key, so it would refuse every event.'
const NO_PERMISSION = 'The API key may not send data, so Astrolabe would refuse every event.'
const OUTAGE = '3 events in a row did not get through, so the next ones hardly would.'

describe('a run', () => {
  it('is given up at once where the key is refused, even after a delivery', () => {
    expect(givenUp(['rejected', 401])).toEqual({ at: 'line 1', reason: NO_KEY, since: 'line 1' })
    expect(givenUp(['delivered'], ['rejected', 401])).toEqual({ at: 'line 2', reason: NO_KEY, since: 'line 2' })
  })

  it('is given up at once where the key may not send data', () => {
    expect(givenUp(['rejected', 400], ['rejected', 403])).toEqual({
      at: 'line 2',
      reason: NO_PERMISSION,
      since: 'line 2'
    })
  })

  it('is not given up where one event is forbidden after others were taken, unless that goes on', () => {
    expect(givenUp(['delivered'], ['rejected', 403], ['delivered'], ['rejected', 403])).toBeUndefined()
    expect(givenUp(['delivered'], ['rejected', 403], ['rejected', 403], ['rejected', 403])).toEqual({
      at: 'line 4',
      reason: OUTAGE,
      since: 'line 2'
    })
  })

  it('is given up after three failures in a row, whatever their status', () => {
    expect(givenUp(['rejected', 400], ['failed', 503], ['failed'], ['failed', 429])).toEqual({
      at: 'line 4',
      reason: OUTAGE,
      since: 'line 2'
    })
  })

  it('goes on where anything gets through in between, a refusal of the event included', () => {
    expect(givenUp(['failed'], ['failed'], ['delivered'], ['failed'], ['failed'])).toBeUndefined()
    expect(givenUp(['failed'], ['failed'], ['rejected', 400], ['failed'], ['failed'])).toBeUndefined()
  })

  it('does not take what is not sent for getting through', () => {
    expect(givenUp(['failed'], ['not subscribed'], ['failed'], ['filtered'], ['failed'])).toEqual({
      at: 'line 5',
      reason: OUTAGE,
      since: 'line 1'
    })
  })

  it('goes on, however many events are refused for what is in them', () => {
    expect(givenUp(...Array.from({ length: 10 }, (): Step => ['rejected', 400]))).toBeUndefined()
  })
})
