import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Connector } from '../../../server/api'
import { useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { ConfirmDialog } from '../../ui/dialog'
import { FormActions } from '../../ui/form'
import { Card } from '../../ui/page'
import { Banner } from '../../ui/state'
import { KeyDialog } from './key-dialog'

/** Rolling and revoking the key. */
export function ConnectorKey({ connector: { id, isRevoked } }: { connector: Connector }): ReactNode {
  const [asked, setAsked] = useState<'roll' | 'revoke'>()
  const roll = useChange('POST /api/connectors/:id/roll')
  const revoke = useChange('POST /api/connectors/:id/revoke')
  const error = roll.error ?? revoke.error
  const close = () => setAsked(undefined)

  return (
    <Card title="API key">
      <p>
        {isRevoked
          ? 'This key is revoked: Astrolabe responds with 401 to whoever uses it. Roll the key to get a new one.'
          : 'The key is shown once, when it is created. Roll it to replace it with a new one. The old key stops working at once.'}
      </p>
      {error && <Banner kind="bad">{error.message}</Banner>}
      <FormActions>
        {!isRevoked && (
          <Button look="danger" onClick={() => setAsked('revoke')}>
            Revoke Key
          </Button>
        )}
        <Button onClick={() => setAsked('roll')}>Roll Key</Button>
      </FormActions>
      {asked === 'roll' && (
        <ConfirmDialog
          title="Roll the API key?"
          description="You get a new key. The old one is rejected from now on, so paste the new one in every destination that uses it."
          action="Roll Key"
          onConfirm={() => roll.mutate({ params: { id } })}
          onClose={close}
        />
      )}
      {asked === 'revoke' && (
        <ConfirmDialog
          title="Revoke the API key?"
          description="Astrolabe rejects every message with this key from now on."
          action="Revoke Key"
          onConfirm={() => revoke.mutate({ params: { id } })}
          onClose={close}
        />
      )}
      {roll.data && <KeyDialog apiKey={roll.data.apiKey} onClose={roll.reset} />}
    </Card>
  )
}
