// A part of your app that sends events to Segment.
import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({
  writeKey: process.env.SEGMENT_WRITE_KEY,
  host: process.env.SEGMENT_HOST
})

export function signUp({ id, email, company }) {
  analytics.identify({ userId: id, traits: { email } })
  analytics.group({ userId: id, groupId: company.id, traits: { name: company.name } })
}

export function completeOrder({ userId, total }) {
  analytics.track({ userId, event: 'Order Completed', properties: { total } })
}

/** Sends what waits. Segment's client does so by itself every 10 seconds, which is long for a test. */
export async function flush() {
  await analytics.flush()
}
