import type { ReactNode } from 'react'
import { Route, Switch } from 'wouter'
import { useApi } from '../../data/use-api'
import { usePathValue } from '../../data/use-path-value'
import { Page } from '../../ui/page'
import { Loaded } from '../../ui/state'
import { PageTabs } from '../../ui/tabs'
import { MessageList } from '../message/message-list'
import { MissingRecord } from '../records/missing-record'
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
              { label: 'Connect a client', to: base },
              { label: 'Debugger', to: `${base}/debugger` },
              { label: 'Settings', to: `${base}/settings` }
            ]}
          >
            <Switch>
              <Route path={`/connections/sources/:id`}>
                <SnippetsCard source={value} />
              </Route>
              <Route path={`/connections/sources/:id/debugger`}>
                <MessageList source={id} />
              </Route>
              <Route path={`/connections/sources/:id/settings`}>
                <SourceSettings key={id} source={value} />
              </Route>
            </Switch>
          </PageTabs>
        </Page>
      )}
    </Loaded>
  )
}

const CRUMBS = [
  { label: 'Connections', to: '/connections' },
  { label: 'Sources', to: '/connections/sources' }
] as const
