import { defineFault } from './definition'

export const results = defineFault({
  name: 'results',
  values: ['short', 'long', 'reversed', 'mistyped', 'not-json'],
  parameters: {},
  meaning: 'accepts a batch and corrupts its results',
  create: ({ results: how }) => ({
    isFor: ({ routeOptions }) => routeOptions.url === '/v1/batch',
    onSend: (payload) => {
      const { results: right } = JSON.parse(payload) as { results?: unknown[] }
      // A batch that was rejected as a whole has none.
      return right ? corruptResults(right, how) : payload
    }
  })
})

function corruptResults(right: unknown[], how: 'short' | 'long' | 'reversed' | 'mistyped' | 'not-json'): string {
  switch (how) {
    case 'short':
      return toBody(right.slice(0, -1))
    case 'long':
      return toBody([...right, { status: 200 }])
    case 'reversed':
      return toBody([...right].reverse())
    case 'mistyped':
      return toBody(right.map((_result, index) => MISTYPED[index % MISTYPED.length]))
    case 'not-json':
      return toBody(right).slice(0, -1)
  }
}

const MISTYPED = [{ status: '200' }, 200, null, '200', [200], {}]

function toBody(all: unknown[]): string {
  return JSON.stringify({ results: all })
}
