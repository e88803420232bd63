// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Your own ID for this person, such as the ID in your database. Astrolabe keeps one User per ID. Either this or Anonymous ID is needed.
   */
  user_id?: string
  /**
   * The ID that Segment gives a visitor who has not told you who they are. Either this or User ID is needed.
   */
  anonymous_id?: string
  /**
   * What you know about the User, such as email, name or plan. New values replace old ones in Astrolabe; an empty (null) value clears a trait.
   */
  traits?: {
    [k: string]: unknown
  }
  /**
   * The ID of the Account (the company or team) that the User belongs to. It takes the place of groupId in Context.
   */
  account_id?: string
  /**
   * Where the call came from, as Segment recorded it: page, device, campaign and, for Engage, the audience or computed trait. Astrolabe receives it as it is.
   */
  context?: {
    [k: string]: unknown
  }
  /**
   * When it happened: an ISO 8601 date, or a Unix time in seconds or milliseconds.
   */
  timestamp?: string
  /**
   * When the device sent the call to Segment, by its own clock.
   */
  sent_at?: string
  /**
   * When Segment received the call.
   */
  received_at?: string
  /**
   * Segment's ID for the call. Astrolabe uses it to recognize a call that is sent twice.
   */
  message_id?: string
  /**
   * Send events to Astrolabe in batches instead of one by one, which is faster for large volumes. Turn it on only if Astrolabe has told you that your workspace supports it.
   */
  enable_batching?: boolean
}
