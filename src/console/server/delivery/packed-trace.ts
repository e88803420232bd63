import type { AttemptTrace, EventTrace } from '../../../runtime'
import type { StoredText, TextRing } from '../text-ring'

type Exchange = Pick<AttemptTrace, 'request' | 'response'>

/** A trace as text. The events of a batch share the text of its request and response, which may have a megabyte. */
export class PackedTrace {
  private readonly text: StoredText
  /** One per attempt that was made in a batch. Undefined if nothing was sent. */
  private readonly exchanges: (StoredText | undefined)[] = []

  constructor(trace: EventTrace, texts: TextRing) {
    const mappings = trace.mappings.map((mapping) => {
      if (mapping.batch === undefined) {
        return mapping
      }
      const attempts = mapping.attempts.map(({ request, response, ...attempt }) => {
        const exchange: Exchange = { request, response }
        this.exchanges.push(request && texts.addShared(request, () => JSON.stringify(exchange)))
        return attempt
      })
      return { ...mapping, attempts }
    })
    this.text = texts.add(JSON.stringify({ ...trace, mappings }))
  }

  /** A new copy each time. */
  unpack(): EventTrace {
    const trace = JSON.parse(this.text.read()) as EventTrace
    const attempts = trace.mappings.flatMap((mapping) => (mapping.batch ? mapping.attempts : []))
    attempts.forEach((attempt, index) => {
      const exchange = this.exchanges[index]
      Object.assign(attempt, exchange && (JSON.parse(exchange.read()) as Exchange))
    })
    return trace
  }
}
