import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { ExportFormat, MessageDetail } from '../../../server/api'
import { call } from '../../data/client'
import { useChange } from '../../data/use-api'
import { Button, CopyButton } from '../../ui/button'
import { useToast } from '../../ui/toasts'

/** Send again, edit and send, and the ways to take the message along. */
export function MessageActions({ message: { id } }: { message: MessageDetail }): ReactNode {
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
