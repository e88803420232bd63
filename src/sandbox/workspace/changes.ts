/** The effect of a message on a workspace, or the reason for none. */
export interface Change {
  /**
   * - `user`, `account`: created or updated
   * - `event`: recorded
   * - `blocked`: its User has a free email provider, which the connector blocks
   * - `duplicate`: its `messageId` was accepted before
   */
  kind: 'user' | 'account' | 'event' | 'blocked' | 'duplicate'
  /** Of the User, Account or event; otherwise of the connector. */
  key: string
  /** The ID of the User or Account, the name of the event, or the blocked provider. */
  label: string
  isNew: boolean
  traits: string[]
  messageId?: string
  connectorId: string
}

/** Must not throw: the message that caused the change is already applied. */
export type ChangeListener = (change: Change) => void
