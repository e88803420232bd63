import { useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Snippet, Source } from '../../../server/api'
import { usePathValue } from '../../data/address'
import { useApi, useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { Code } from '../../ui/code'
import { CopyButton } from '../../ui/copy-button'
import { Details } from '../../ui/details'
import { ConfirmDialog } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Card, MissingRecord, Page, PageTabs } from '../../ui/page'
import { Banner, Loaded } from '../../ui/state'
import { useToast } from '../../ui/toasts'
import { MessageList } from '../message/debugger-page'
import styles from './connections.module.css'

/** One source: how to send to it, and what it receives. */
export function SourcePage(): ReactNode {
  const id = usePathValue(2)
  const source = useApi('GET /api/sources/:id', { params: { id } })
  const base = `/connections/sources/${encodeURIComponent(id)}`
  return (
    <Loaded query={source} missing={<MissingRecord noun="source" list={CRUMBS[1]} />}>
      {(value) => (
        <Page title={value.name} crumbs={[...CRUMBS]}>
          <PageTabs
            label="Source"
            tabs={[
              { label: 'Connect a client', to: base, content: <SnippetsCard source={value} /> },
              { label: 'Debugger', to: `${base}/debugger`, content: <MessageList source={id} /> },
              { label: 'Settings', to: `${base}/settings`, content: <SourceSettings key={id} source={value} /> }
            ]}
          />
        </Page>
      )}
    </Loaded>
  )
}

const CRUMBS = [
  { label: 'Connections', to: '/connections' },
  { label: 'Sources', to: '/connections/sources' }
] as const

/** The write key, and code that is ready to be pasted. */
function SnippetsCard({ source: { id, writeKey } }: { source: Source }): ReactNode {
  const snippets = useApi('GET /api/sources/:id/snippets', { params: { id } })
  return (
    <div className={styles.cards}>
      <Card title="Where to send" aside={<CopyButton label="Copy write key" text={writeKey} />}>
        <Details
          rows={[
            ['Write key', <code key="key">{writeKey}</code>],
            ['Host', <code key="host">{window.location.origin}</code>]
          ]}
        />
      </Card>
      <Card title="Code for your client">
        <Loaded query={snippets}>{(list) => <Snippets snippets={list} />}</Loaded>
      </Card>
    </div>
  )
}

function Snippets({ snippets }: { snippets: Snippet[] }): ReactNode {
  const [chosen, setChosen] = useState(snippets[0]?.id)
  const snippet = snippets.find(({ id }) => id === chosen)
  return (
    <div className={styles.snippets}>
      <div role="group" aria-label="Client" className={styles.clients}>
        {snippets.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            className={styles.client}
            aria-pressed={id === chosen}
            onClick={() => setChosen(id)}
          >
            {label}
          </button>
        ))}
      </div>
      {snippet && (
        <div className={styles.snippet}>
          {snippet.install && <Code label="Install">{snippet.install}</Code>}
          <Code label={`Code for ${snippet.label}`}>{snippet.code}</Code>
          <div>
            <CopyButton label="Copy code" text={snippet.code} />
          </div>
        </div>
      )}
    </div>
  )
}

function SourceSettings({ source: { id, name: saved } }: { source: Source }): ReactNode {
  const [name, setName] = useState(saved)
  const [isAsking, setIsAsking] = useState(false)
  const [, navigate] = useLocation()
  const save = useChange('PATCH /api/sources/:id')
  const remove = useChange('DELETE /api/sources/:id')
  const toast = useToast()
  const error = save.error ?? remove.error
  return (
    <div className={styles.settings}>
      <Card title="Basic settings">
        <Form
          onSubmit={() =>
            save.mutate({ params: { id }, body: { name: name.trim() } }, { onSuccess: () => toast('Source saved.') })
          }
        >
          <TextField
            label="Source name"
            value={name}
            maxLength={100}
            onChange={({ target }) => setName(target.value)}
          />
          {error && <Banner kind="bad">{error.message}</Banner>}
          <FormActions
            apart={
              <Button look="danger" onClick={() => setIsAsking(true)}>
                Delete source
              </Button>
            }
          >
            <Button type="submit" look="primary" disabled={name.trim() === '' || name.trim() === saved}>
              Save
            </Button>
          </FormActions>
        </Form>
      </Card>
      {isAsking && (
        <ConfirmDialog
          title="Delete this source?"
          description="Its write key stops working. Its destinations are deleted too, with their mappings and filters."
          action="Delete source"
          onConfirm={() => remove.mutate({ params: { id } }, { onSuccess: () => navigate('/connections/sources') })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  )
}
