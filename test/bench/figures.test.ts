import { figures, noise, verdictOn } from '../../bench/figures'
import type { Results } from '../../bench/part'

/** Each row's figure in two rounds, the second of them twice as slow for all. */
function rounds(figures: Record<string, number>): Record<string, number[]> {
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, [figure, 2 * figure]]))
}

const kept: Results = {
  cpu: {
    single: rounds({
      astrolabe: 200,
      'astrolabe (control)': 202,
      "framework's floor": 160,
      klime: 220,
      june: 200,
      canvas: 240,
      customerio: 400
    }),
    batchOf100: rounds({ astrolabe: 20, 'astrolabe (control)': 20, klime: 20, canvas: 25, customerio: 40 }),
    batchOf1000: rounds({ astrolabe: 22, 'astrolabe (control)': 22 })
  },
  growth: { batchSizes: rounds({ 'batch of 100': 20, 'batch of 1000': 22 }), payloads: {}, subscriptions: {} },
  tls: {
    single: rounds({ astrolabe: 2200, "framework's floor": 2200, undici: 10000 }),
    batchOf100: {},
    batchOf1000: {},
    concurrency: 10,
    connections: 15
  },
  heap: { bytesAnEvent: 99.9, events: 20000 },
  start: {
    readings: {
      'require actions-core': { milliseconds: 1, megabytes: 1 },
      'require the package': { milliseconds: 1, megabytes: 1 },
      'run the first event': { milliseconds: 1, megabytes: 1 }
    },
    size: { packed: 1, unpacked: 1, files: 1 }
  }
}

function values(results: Results): Record<string, number> {
  return Object.fromEntries(figures(results).map(({ name, value }) => [name, value]))
}

function missed(results: Results): string[] {
  return figures(results)
    .filter((figure) => verdictOn(figure) === 'MISSED')
    .map(({ name }) => name)
}

describe('the figures', () => {
  it('are ratios of one run, round by round', () => {
    expect(values(kept)).toEqual({
      "a single event / the framework's floor": 1.25,
      'a single event / the median of klime, june, canvas, customerio': 200 / 230,
      'a single event / klime': 200 / 220,
      'a single event / june': 1,
      'a single event / canvas': 200 / 240,
      'a single event / customerio': 0.5,
      'an event in a batch of 100 / the best of klime, canvas, customerio': 1,
      'an event in a batch of 100 / a single event': 0.1,
      'an event in a batch of 1,000 / in a batch of 100': 1.1,
      'events a second over TLS, 10 at a time / undici': 0.22,
      'connections opened / events at a time': 1.5,
      'bytes of heap growth an event, over 20,000 events': 99.9
    })
  })

  it('are kept at the bound itself', () => {
    expect(missed(kept)).toEqual([])
  })

  it.each<[string, Results]>([
    ["a single event / the framework's floor", withSingle({ "framework's floor": 159 })],
    ['a single event / the median of klime, june, canvas, customerio', withSingle({ klime: 195, canvas: 215 })],
    ['a single event / june', withSingle({ june: 190 })],
    [
      'an event in a batch of 100 / the best of klime, canvas, customerio',
      { ...kept, cpu: { ...kept.cpu, batchOf100: { ...kept.cpu.batchOf100, ...rounds({ canvas: 19 }) } } }
    ],
    [
      'an event in a batch of 1,000 / in a batch of 100',
      { ...kept, growth: { ...kept.growth, batchSizes: rounds({ 'batch of 100': 20, 'batch of 1000': 26.1 }) } }
    ],
    [
      'events a second over TLS, 10 at a time / undici',
      { ...kept, tls: withTls({ astrolabe: 2199, "framework's floor": 2200 }) }
    ],
    ['connections opened / events at a time', { ...kept, tls: { ...kept.tls, connections: 16 } }],
    ['bytes of heap growth an event, over 20,000 events', { ...kept, heap: { bytesAnEvent: 100, events: 20000 } }]
  ])('are missed beyond it: %s', (name, results) => {
    expect(missed(results)).toEqual([name])
  })

  it('are bound by the framework where its floor misses them too, and Astrolabe is within a tenth of it', () => {
    const verdict = (astrolabe: number) =>
      figures({ ...kept, tls: withTls({ astrolabe, "framework's floor": 2000 }) })
        .filter(({ floor }) => floor !== undefined)
        .map(verdictOn)

    expect(verdict(2200)).toEqual(['kept'])
    expect(verdict(1810)).toEqual(["the framework's bound"])
    expect(verdict(1790)).toEqual(['MISSED'])
  })

  it('come with the noise of the run, by a copy of Astrolabe against itself', () => {
    expect(noise(kept)).toEqual({ single: 1.01, batchOf100: 1, batchOf1000: 1 })
  })
})

function withTls(changes: Record<string, number>): Results['tls'] {
  return { ...kept.tls, single: { ...kept.tls.single, ...rounds(changes) } }
}

function withSingle(changes: Record<string, number>): Results {
  return { ...kept, cpu: { ...kept.cpu, single: { ...kept.cpu.single, ...rounds(changes) } } }
}
