import { worstRecord } from '../../src/runtime/delivery-record'
import type { Outcome } from '../../src/runtime/delivery-record'

describe('the record that speaks for an event', () => {
  it.each<[Outcome[], Outcome]>([
    [['delivered'], 'delivered'],
    [['not subscribed', 'delivered', 'not subscribed'], 'delivered'],
    [['not subscribed', 'not subscribed'], 'not subscribed'],
    [['filtered', 'filtered'], 'filtered'],
    [['delivered', 'rejected'], 'rejected'],
    [['rejected', 'failed', 'delivered'], 'failed']
  ])('of %j is %s', (outcomes, decisive) => {
    const records = outcomes.map((outcome) => ({ mapping: '', action: '', outcome, attempts: 1 }))

    expect(worstRecord(records)).toEqual({ mapping: '', action: '', outcome: decisive, attempts: 1 })
  })

  it('is the first of those that weigh the same', () => {
    const record = (reason: string) => ({ mapping: '', action: '', outcome: 'rejected' as const, reason, attempts: 1 })

    expect(worstRecord([record('first'), record('second')])).toEqual(record('first'))
  })

  it('is none without mappings', () => {
    expect(worstRecord([])).toBeUndefined()
  })
})
