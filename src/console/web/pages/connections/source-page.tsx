import type { ReactNode } from 'react'
import { usePathValue } from '../../data/address'
import { useApi } from '../../data/use-api'
import { MissingRecord, Page, PageTabs } from '../../ui/page'
import { Loaded } from '../../ui/state'
import { MessageList } from '../message/debugger-page'
import { SnippetsCard } from './snippets-card'
import { SourceSettings } from './source-settings'

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
