import type { Misbehavior } from './misbehavior'

export interface ResultsFault {
  /**
   * One result too few or too many, in the `reversed` order, of types that no result has (`mistyped`), or an answer that
   * is `not-json`.
   */
  results: 'short' | 'long' | 'reversed' | 'mistyped' | 'not-json'
}

/** Takes a batch, and spoils the results. */
export function spoilResults({ results: how }: ResultsFault): Misbehavior {
  return {
    isFor: ({ routeOptions }) => routeOptions.url === '/v1/batch',
    onSend: (payload) => {
      const { results } = JSON.parse(payload) as { results?: unknown[] }
      // A batch that was refused whole has none.
      return results ? SPOILED[how](results) : payload
    }
  }
}

const SPOILED: Record<ResultsFault['results'], (results: unknown[]) => string> = {
  short: (results) => asAnswer(results.slice(0, -1)),
  long: (results) => asAnswer([...results, { status: 200 }]),
  reversed: (results) => asAnswer([...results].reverse()),
  mistyped: (results) => asAnswer(results.map((_result, index) => MISTYPED[index % MISTYPED.length])),
  'not-json': (results) => asAnswer(results).slice(0, -1)
}

const MISTYPED = [{ status: '200' }, 200, null, '200', [200], {}]

function asAnswer(results: unknown[]): string {
  return JSON.stringify({ results })
}
