// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Your own ID for the Account: the company or team that the call is about. Astrolabe keeps one Account per ID.
   */
  group_id?: string
  /**
   * Your own ID for a person who belongs to this Account. Leave it empty to update the Account and no User.
   */
  user_id?: string
  /**
   * The ID that Segment gives a visitor who has not told you who they are, where the one who belongs to this Account is known by nothing else.
   */
  anonymous_id?: string
  /**
   * What you know about the Account, such as name, industry, employees or plan. New values replace old ones in Astrolabe; an empty (null) value clears a trait.
   */
  traits?: {
    [k: string]: unknown
  }
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
