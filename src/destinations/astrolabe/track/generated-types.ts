// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The name of the event, such as "User Registered".
   */
  event: string
  /**
   * Your own ID for this person, such as the ID in your database. Astrolabe keeps one User per ID. User ID or Anonymous ID is required. If events only have an email, as in Reverse ETL, map the email here, and in all other mappings too: otherwise one person becomes two Users.
   */
  user_id?: string
  /**
   * The ID that Segment assigns to an unknown visitor. User ID or Anonymous ID is required.
   */
  anonymous_id?: string
  /**
   * The details of the event, such as the plan that was bought.
   */
  properties?: {
    [k: string]: unknown
  }
  /**
   * The ID of the Account (the company or team) that the User or the event belongs to. It replaces groupId in Context.
   */
  account_id?: string
  /**
   * The context of the call as Segment recorded it: page, device, campaign and, for Engage, the audience or computed trait. It is sent unchanged.
   */
  context?: {
    [k: string]: unknown
  }
  /**
   * The time of the call: an ISO 8601 date, or a Unix time in seconds or milliseconds.
   */
  timestamp?: string
  /**
   * The time when the device sent the call to Segment, by the device's clock.
   */
  sent_at?: string
  /**
   * The time when Segment received the call.
   */
  received_at?: string
  /**
   * Segment's ID for the call. Astrolabe uses it to recognize a call that is sent twice, so keep it mapped: without it, a retried event may be recorded twice.
   */
  message_id?: string
  /**
   * Send events to Astrolabe in batches, which is faster for large volumes. Turn this on only if Astrolabe has confirmed that your workspace supports it.
   */
  enable_batching?: boolean
  /**
   * The maximum number of events in a batch. Astrolabe accepts up to 1,000.
   */
  batch_size?: number
}
