import type { ReactNode } from 'react'
import { ButtonLink } from '../../ui/button'
import { Page } from '../../ui/page'
import { MessageList } from './message-list'

export function DebuggerPage(): ReactNode {
  return (
    <Page
      title="Debugger"
      lead="Every message that the sources received, the newest first, and what became of it."
      actions={<ButtonLink to="/test">Send a test event</ButtonLink>}
    >
      <MessageList />
    </Page>
  )
}
