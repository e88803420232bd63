import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { ExportFormat, MessageDetail } from '../../../server/api'
import { usePathValue } from '../../data/address'
import { call } from '../../../client/call'
import { useApi, useChange } from '../../data/use-api'
import { OutcomeBadge } from '../../ui/badge'
import { Button } from '../../ui/button'
import { CopyButton } from '../../ui/copy-button'
import { MissingRecord, Page } from '../../ui/page'
import { Loaded } from '../../ui/state'
import { useToast } from '../../ui/toasts'
import { MessageView } from './message-view'

export function MessagePage(): ReactNode {
  const id = usePathValue(1)
  return <LoadedMessage query={useApi('GET /api/messages/:id', { params: { id } })} />
}

/** The same by `messageId`, for links from Astrolabe's side. */
export function MessageByMessageIdPage(): ReactNode {
  const messageId = usePathValue(2)
  return <LoadedMessage query={useApi('GET /api/messages/by-message-id/:messageId', { params: { messageId } })} />
}

function LoadedMessage({ query }: { query: { data: MessageDetail | undefined; error: Error | null } }): ReactNode {
  return (
    <Loaded query={query} missing={<MissingRecord noun="message" list={CRUMB} />}>
      {(message) => (
        <Page
          title={message.title}
          aside={<OutcomeBadge outcome={message.outcome} />}
          crumbs={[CRUMB]}
          actions={<MessageActions message={message} />}
        >
          <MessageView message={message} />
        </Page>
      )}
    </Loaded>
  )
}

const CRUMB = { label: 'Debugger', to: '/debugger' }

/** Send again, edit and send, and the ways to take the message along. A refused request is no message. */
export function MessageActions({ message: { id, outcome } }: { message: MessageDetail }): ReactNode {
  const [, navigate] = useLocation()
  const send = useChange('POST /api/messages/:id/send')
  const toast = useToast()

  function sendAgain(): void {
    send.mutate(
      { params: { id } },
      {
        onSuccess: ({ ids: [sent] }) => sent && navigate(`/messages/${encodeURIComponent(sent)}`),
        onError: (error) => toast(error.message, 'bad')
      }
    )
  }

  async function saveFixture(): Promise<void> {
    const { text, fileName } = await exportOf(id, 'fixture')
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = fileName
    link.click()
    URL.revokeObjectURL(url)
  }

  if (outcome === 'refused') {
    return null
  }
  return (
    <>
      <Button look="primary" disabled={send.isPending} onClick={sendAgain}>
        Send again
      </Button>
      <Button onClick={() => navigate(`/test?message=${encodeURIComponent(id)}`)}>Edit and send</Button>
      <CopyButton label="Copy as curl" text={async () => (await exportOf(id, 'curl')).text} />
      <CopyButton label="Copy as Node code" text={async () => (await exportOf(id, 'node')).text} />
      <Button onClick={() => void saveFixture().catch((error: Error) => toast(error.message, 'bad'))}>
        Save as fixture
      </Button>
    </>
  )
}

function exportOf(id: string, format: ExportFormat) {
  return call('GET /api/messages/:id/export', { params: { id }, query: { format } })
}
