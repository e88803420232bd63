/** What a message did to a workspace, or why it did nothing. */
export interface Change {
  /**
   * - `user`, `account`: created or updated
   * - `event`: recorded
   * - `blocked`: its User has a free email provider, which the connector blocks
   * - `duplicate`: its `messageId` was accepted before
   */
  kind: 'user' | 'account' | 'event' | 'blocked' | 'duplicate'
  /** Of the User, the Account or the event in its list; otherwise of the connector. */
  key: string
  /** What to call it: the ID of the User or Account, the name of the event, the provider that is blocked. */
  label: string
  isNew: boolean
  /** The names of the traits that changed. */
  traits: string[]
  messageId?: string
  connectorId: string
}

/** Must not throw: the message that caused the change is already applied. */
export type ChangeListener = (change: Change) => void
