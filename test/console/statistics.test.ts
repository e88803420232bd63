import { Statistics } from '../../src/console/server/statistics'

const reasonsOf = (statistics: Statistics) => statistics.overview({}, 0, () => undefined).reasons

describe('the reasons of a destination', () => {
  it('are at most a hundred: the one that occurred longest ago is evicted', () => {
    const statistics = new Statistics()
    const add = (reason: string) => statistics.add('1', { outcome: 'rejected', reason })
    Array.from({ length: 100 }, (_, index) => add(`Reason ${index}`))
    add('Reason 0')
    add('Reason 100')

    const reasons = reasonsOf(statistics).map(({ reason, count }) => [reason, count])
    expect(reasons).toHaveLength(100)
    expect(reasons.slice(0, 3)).toEqual([
      ['Reason 0', 2],
      ['Reason 10', 1],
      ['Reason 100', 1]
    ])
    expect(reasons).not.toContainEqual(['Reason 1', 1])
  })

  it('each name the five last messages', () => {
    const statistics = new Statistics()
    const asked: string[] = []
    for (const id of ['1', '2', '3', '4', '5', '6']) {
      statistics.add(id, { outcome: 'failed', reason: 'Not now.', status: 503 })
    }
    statistics.overview({}, 0, (id) => void asked.push(id))

    expect(asked).toEqual(['6', '5', '4', '3', '2'])
  })
})
