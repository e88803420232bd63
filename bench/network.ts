/** What the same events lead to every time: a row that sent less, or something else, was no measurement. */
export interface Traffic {
  requests: number
  /** Of all bodies. */
  bytes: number
}

/** A request as it arrived. */
export interface Taken {
  url: string
  headers: Record<string, string>
  body: string
}

/** Where requests end, and are counted. */
export interface Network {
  begin(answer: string): Promise<void> | void
  /** The traffic since it began. */
  end(): Promise<Traffic> | Traffic
}
