import type { ReactNode } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { useApi } from './data/use-api'
import { Shell } from './layout/shell'
import { AddDestinationPage } from './pages/connections/add-destination-page'
import { CatalogEntryPage, CatalogPage } from './pages/connections/catalog-page'
import { ConnectionsPage } from './pages/connections/connections-page'
import { DestinationPage } from './pages/connections/destination-page'
import { DestinationsPage } from './pages/connections/destinations-page'
import { SourcePage } from './pages/connections/source-page'
import { SourcesPage } from './pages/connections/sources-page'
import { ConnectorPage } from './pages/connectors/connector-page'
import { ConnectorsPage } from './pages/connectors/connectors-page'
import { NewConnectorPage } from './pages/connectors/new-connector-page'
import { DeliveryPage } from './pages/delivery/delivery-page'
import { EngagePage } from './pages/engage/engage-page'
import { FaultsPage } from './pages/faults-page'
import { DebuggerPage } from './pages/message/debugger-page'
import { MessageByMessageIdPage, MessagePage } from './pages/message/message-page'
import { AccountPage, AccountsPage } from './pages/records/accounts-page'
import { EventPage, EventsPage } from './pages/records/events-page'
import { UserPage, UsersPage } from './pages/records/users-page'
import { TestPage } from './pages/test/test-page'
import { ButtonLink } from './ui/button'
import { Card, Page } from './ui/page'
import { Empty, Loaded } from './ui/state'
import { Toasts } from './ui/toasts'

export function App(): ReactNode {
  return (
    <Toasts>
      <Shell>
        <Switch>
          <Route path="/" component={HomePage} />
          <Route path="/connections" component={ConnectionsPage} />
          <Route path="/connections/sources" component={SourcesPage} />
          <Route path="/connections/sources/:id/*?" component={SourcePage} />
          <Route path="/connections/catalog" component={CatalogPage} />
          <Route path="/connections/catalog/destinations" component={CatalogPage} />
          <Route path="/connections/catalog/destinations/:slug" component={CatalogEntryPage} />
          <Route path="/connections/catalog/destinations/:slug/add" component={AddDestinationPage} />
          <Route path="/connections/destinations" component={DestinationsPage} />
          <Route path="/connections/destinations/:id/*?" component={DestinationPage} />
          <Route path="/debugger" component={DebuggerPage} />
          <Route path="/messages/by-message-id/:messageId" component={MessageByMessageIdPage} />
          <Route path="/messages/:id" component={MessagePage} />
          <Route path="/test" component={TestPage} />
          <Route path="/delivery" component={DeliveryPage} />
          <Route path="/engage" component={EngagePage} />
          <Route path="/connectors" component={ConnectorsPage} />
          <Route path="/connectors/new" component={NewConnectorPage} />
          <Route path="/connectors/:id" component={ConnectorPage} />
          <Route path="/users" component={UsersPage} />
          <Route path="/users/:key" component={UserPage} />
          <Route path="/accounts" component={AccountsPage} />
          <Route path="/accounts/:key" component={AccountPage} />
          <Route path="/events" component={EventsPage} />
          <Route path="/events/:key" component={EventPage} />
          <Route path="/faults" component={FaultsPage} />
          <Route component={NotFoundPage} />
        </Switch>
      </Shell>
    </Toasts>
  )
}

/** The page of the guide's first step, or the debugger once all steps are done. */
function HomePage(): ReactNode {
  const guide = useApi('GET /api/guide', {})
  return <Loaded query={guide}>{({ isDone }) => <Redirect to={isDone ? '/debugger' : '/connectors'} replace />}</Loaded>
}

function NotFoundPage(): ReactNode {
  return (
    <Page title="Page not found">
      <Card>
        <Empty title="There is no page at this address" actions={<ButtonLink to="/">Start page</ButtonLink>}>
          Check the address, or choose a page from the navigation.
        </Empty>
      </Card>
    </Page>
  )
}
