import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Snippet, Source } from '../../../server/api'
import { useApi } from '../../data/use-api'
import { CopyButton } from '../../ui/button'
import { Code } from '../../ui/code'
import { Details } from '../../ui/details'
import { Card } from '../../ui/page'
import { Loaded } from '../../ui/state'
import styles from './connections.module.css'

/** The write key, and code that is ready to be pasted. */
export function SnippetsCard({ source: { id, writeKey } }: { source: Source }): ReactNode {
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
