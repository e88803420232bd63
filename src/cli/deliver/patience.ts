import type { EventFate } from '../../runtime/run'

/** How many events in a row may fail: each was tried several times, which takes a minute or so. */
const FAILURES_IN_A_ROW = 3

/** Why to give up a run, and where the first event stands that did not get through. */
export interface GivingUp {
  reason: string
  since: string
}

/**
 * Tells when to give up a run: where what keeps one event from Astrolabe would keep the next ones from it too, as a
 * refused key does, or an outage.
 */
export class Patience {
  private hasDelivered = false
  private failures = 0
  private since = ''

  /**
   * @param place where the event stands
   * @returns undefined where it is worth going on
   */
  afterEvent(place: string, { outcome, status }: EventFate): GivingUp | undefined {
    if (outcome === 'not subscribed' || outcome === 'filtered') {
      return undefined
    }
    if (status === 401) {
      return { reason: 'Astrolabe does not accept the API key, so it would refuse every event.', since: place }
    }
    // After a delivery the key may send data: then this is about the event.
    if (status === 403 && !this.hasDelivered) {
      return { reason: 'The API key may not send data, so Astrolabe would refuse every event.', since: place }
    }
    this.hasDelivered ||= outcome === 'delivered'
    if (outcome !== 'failed' && status !== 403) {
      this.failures = 0
      return undefined
    }
    this.since = this.failures === 0 ? place : this.since
    this.failures++
    return this.failures < FAILURES_IN_A_ROW
      ? undefined
      : {
          reason: `${FAILURES_IN_A_ROW} events in a row did not get through, so the next ones hardly would.`,
          since: this.since
        }
  }
}
