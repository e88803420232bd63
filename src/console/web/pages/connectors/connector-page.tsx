import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Connector } from '../../../server/api'
import { usePathValue } from '../../data/address'
import { useApi, useChange } from '../../data/use-api'
import { useIsReading } from '../../data/use-is-reading'
import { useLiveList } from '../../data/use-live-list'
import { CallType } from '../../ui/badge'
import { Button, ButtonLink } from '../../ui/button'
import { Details, Time } from '../../ui/details'
import { ConfirmDialog } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { LiveList, RowTime, RowTitle, Secondary } from '../../ui/live-list'
import { Card, Page } from '../../ui/page'
import { Banner, Empty, Loaded } from '../../ui/state'
import { useToast } from '../../ui/toasts'
import { KeyBadge } from './connectors-page'
import { FreeEmailChoices, KeyDialog } from './new-connector-page'

export function ConnectorPage(): ReactNode {
  const id = usePathValue(1)
  const connector = useApi('GET /api/connectors/:id', { params: { id } })
  const missing = (
    <Page title="Connector" crumbs={CRUMBS}>
      <Card>
        <Empty title="This connector does not exist" actions={<ButtonLink to="/connectors">Connectors</ButtonLink>}>
          The console forgets everything when it stops. Add a connector again.
        </Empty>
      </Card>
    </Page>
  )
  return (
    <Loaded query={connector} missing={missing}>
      {(value) => (
        <Page title={value.name} aside={<KeyBadge isRevoked={value.isRevoked} />} crumbs={CRUMBS}>
          <Card title="Connector">
            <Details
              rows={[
                ['Type', 'Segment.com Connector'],
                ['ID', <code key="id">{value.id}</code>],
                ['Created', <Time key="created" at={value.createdAt} />]
              ]}
            />
          </Card>
          <ConnectorSettingsForm key={value.id} connector={value} />
          <ConnectorKey connector={value} />
          <BlockedList connector={value} />
        </Page>
      )}
    </Loaded>
  )
}

const CRUMBS = [{ label: 'Connectors', to: '/connectors' }]

/** Renames the connector and changes its choice. */
function ConnectorSettingsForm({ connector }: { connector: Connector }): ReactNode {
  const [name, setName] = useState(connector.name)
  const [choice, setChoice] = useState(connector.freeEmailProviders)
  const save = useChange('PATCH /api/connectors/:id')
  const toast = useToast()
  const isChanged = name.trim() !== connector.name || choice !== connector.freeEmailProviders

  return (
    <Card title="Settings">
      <Form
        onSubmit={() =>
          save.mutate(
            { params: { id: connector.id }, body: { name: name.trim(), freeEmailProviders: choice } },
            { onSuccess: () => toast('Connector saved.') }
          )
        }
      >
        <TextField
          label="Connector name"
          value={name}
          maxLength={100}
          problem={save.error?.problemOf('name')}
          onChange={({ target }) => setName(target.value)}
        />
        <FreeEmailChoices value={choice} onChoose={setChoice} />
        {save.error && <Banner kind="bad">{save.error.message}</Banner>}
        <FormActions>
          <Button type="submit" look="primary" disabled={!isChanged || name.trim() === '' || save.isPending}>
            Save
          </Button>
        </FormActions>
      </Form>
    </Card>
  )
}

/** Rolling and revoking the key. */
function ConnectorKey({ connector: { id, isRevoked } }: { connector: Connector }): ReactNode {
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
        <Button data-guide="copy-api-key" onClick={() => setAsked('roll')}>
          Roll Key
        </Button>
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

/** Messages that the choice on free email providers has blocked: nothing vanishes. */
function BlockedList({ connector: { id, freeEmailProviders } }: { connector: Connector }): ReactNode {
  const isHeld = useIsReading()
  const list = useLiveList('GET /api/connectors/:id/blocked', {
    topic: 'connectors',
    params: { id },
    query: {},
    isHeld
  })
  return (
    <Card title="Blocked messages" isFlush>
      <LiveList
        label="Blocked messages"
        list={list}
        noun="blocked messages"
        columns="84px minmax(0, 1fr) minmax(0, 1fr) 136px"
        narrowColumns="auto minmax(0, 1fr) auto"
        headings={['Type', null, 'Email provider', 'Received']}
        keyOf={({ at, messageId }) => `${messageId} ${at}`}
        linkOf={({ messageId }) => `/messages/by-message-id/${encodeURIComponent(messageId ?? '')}`}
        cellsOf={({ at, type, user, provider }) => (
          <>
            <CallType type={type} />
            <RowTitle>{user}</RowTitle>
            <Secondary>{provider}</Secondary>
            <RowTime at={at} />
          </>
        )}
        empty={
          <Empty title="Nothing was blocked">
            {freeEmailProviders === 'allow'
              ? 'Users with free email providers are allowed. Choose “Block” above to see their messages here.'
              : 'Messages of Users with addresses such as name@gmail.com will be listed here.'}
          </Empty>
        }
      />
    </Card>
  )
}
