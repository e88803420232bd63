import { Pace } from '../../src/delivery/pace'

const SECOND = 1000

/** How many requests with one event start in the second after the next one, which may begin with a burst. */
function rateOf(pace: Pace, at: number): number {
  const [from, to] = [at + SECOND, at + 2 * SECOND]
  let count = 0
  for (let now = at + pace.delay(at); now < to; now += pace.delay(now)) {
    pace.start(1, now)
    count += now >= from ? 1 : 0
  }
  return count
}

/** A pace of 100 events per second, of which the receiver accepted almost none lately, as after a pause. */
function slowPace(): Pace {
  const pace = new Pace(100)
  pace.start(1, 0)
  pace.accept(1, 0)
  return pace
}

describe('a rejection for the rate', () => {
  it('lowers it by a twentieth if it has proved itself, and by a tenth otherwise', () => {
    const [once, twice] = [slowPace(), slowPace()]
    once.reject(9 * SECOND, 10 * SECOND, 10 * SECOND)
    twice.reject(9 * SECOND, 10 * SECOND, 10 * SECOND)
    twice.accept(1, 13 * SECOND)
    twice.reject(13 * SECOND, 14 * SECOND, 14 * SECOND)

    // At first the rate stays another twentieth below the limit that was found.
    expect(rateOf(once, 10 * SECOND)).toBeCloseTo(100 * 0.95 * 0.95, -0.5)
    expect(rateOf(twice, 14 * SECOND)).toBeCloseTo(100 * 0.95 * 0.975 * 0.9 * 0.95, -0.5)
  })

  it('counts once for all requests that were in flight', () => {
    const [one, three] = [slowPace(), slowPace()]
    one.reject(9 * SECOND, 10 * SECOND, 10 * SECOND)
    for (const startedAt of [9 * SECOND, 9.1 * SECOND, 9.9 * SECOND]) {
      three.reject(startedAt, 10 * SECOND, 10 * SECOND)
    }

    expect(rateOf(three, 10 * SECOND)).toBe(rateOf(one, 10 * SECOND))
  })
})

describe('the rate after a rejection', () => {
  it.each([
    ['starts almost a twentieth below', 0, 96],
    ['is back after 20 s at', 20, 100],
    ['passes by a twentieth after 40 s', 40, 105],
    ['doubles every 5 s from there on', 45, 210]
  ])('%s the rate that the receiver accepted', (_what, seconds, expected) => {
    const pace = new Pace()
    for (let now = 0; now < 4 * SECOND; now += 10) {
      pace.start(1, now)
      pace.accept(1, now)
    }
    const rejectedAt = 4 * SECOND - 1
    pace.reject(rejectedAt - 1, rejectedAt, rejectedAt)

    const rate = rateOf(pace, rejectedAt + Math.max(0, seconds - 1.5) * SECOND)
    expect(rate).toBeGreaterThan(expected * 0.97)
    expect(rate).toBeLessThan(expected * 1.03)
  })
})
