/** One request and what came back, as a report shows it: without any API key, bodies cut, nothing invisible. */
export interface Exchange {
  sent: {
    url: string
    /** Which credentials: `the key`, `a wrong key`, `no key` … */
    credentials: string
    body: string
  }
  /** Undefined where no answer came. */
  answer?: {
    status: number
    /** Those headers that a rule looks at. */
    headers: Record<string, string>
    body: string
  }
  /** Why no answer came. */
  noAnswer?: string
  /** From the start of the request to the end of the answer. */
  milliseconds: number
}

/** The headers of an answer that a rule looks at. */
export const HEADERS_SHOWN = ['content-type', 'connection', 'location', 'retry-after']
