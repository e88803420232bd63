/** The requests that arrived. Equal events always cause equal traffic. */
export interface Traffic {
  requests: number
  /** Of all bodies. */
  bytes: number
}

/** @throws if more or less arrived, or other bytes: such a row measured something else */
export function checkTraffic({ requests, bytes }: Traffic, expected: Traffic, name: string): void {
  if (requests !== expected.requests || bytes !== expected.bytes) {
    throw new Error(
      `${name}: ${requests} requests of ${bytes} bytes arrived, not ${expected.requests} of ${expected.bytes}`
    )
  }
}
