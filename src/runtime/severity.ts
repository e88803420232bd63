/**
 * From the outcome that matters least to the one that matters most. `failed` and `pending` are a host's: no attempt is
 * left, and the first or next attempt is still to come.
 */
const BY_SEVERITY = ['not subscribed', 'filtered', 'delivered', 'rejected', 'failed', 'retryable', 'pending'] as const

interface Result {
  outcome: (typeof BY_SEVERITY)[number]
}

/** The result that matters more, else the first: a delivery under one mapping does not make good an error under another. */
export function worse<One extends Result>(one: One, other: One): One {
  return severityOf(other) > severityOf(one) ? other : one
}

function severityOf({ outcome }: Result): number {
  return BY_SEVERITY.indexOf(outcome)
}
