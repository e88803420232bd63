import type {
  Account,
  AccountSummary,
  AstrolabeEvent,
  BlockedMessage,
  Connector,
  ConnectorSettings,
  ConnectorWithKey,
  EventQuery,
  Faults,
  User,
  UserSummary
} from './api/astrolabe'
import type { DeliveryOverview, DeliveryQuery } from './api/delivery'
import type {
  CatalogEntry,
  Destination,
  DestinationChanges,
  NewDestination,
  SavedDestination
} from './api/destinations'
import type { Audience, AudienceSettings, ComputedTrait, ComputedTraitSettings, Engage, Sync } from './api/engage'
import type { Filter, FilterChanges, NewFilter } from './api/filters'
import type { ConsoleStatus, Guide } from './api/guide'
import type { Instant, JsonObject, Page, PageQuery } from './api/json'
import type { Mapping, MappingChanges, MappingCheck, Mappings, NewMapping, PreviewRequest } from './api/mappings'
import type {
  ExportFormat,
  MessageDetail,
  MessageExport,
  MessageQuery,
  MessageSummary,
  WaitQuery
} from './api/messages'
import type { Snippet, Source, SourceSettings } from './api/sources'
import type { ExampleGroup, Preview, TestRequest, TestSent } from './api/testing'

export type * from './api/astrolabe'
export type * from './api/delivery'
export type * from './api/destinations'
export type * from './api/engage'
export type * from './api/filters'
export type * from './api/guide'
export type * from './api/json'
export type * from './api/live'
export type * from './api/mappings'
export type * from './api/messages'
export type * from './api/sources'
export type * from './api/testing'

/**
 * Every route of the console's API: the one place that server and pages share. `:name` in a path stands for a value
 * that is encoded by `encodeURIComponent`. Bodies are JSON; a `DELETE` responds with 204 and no body. A response that is
 * not 2xx holds a `Problem`.
 *
 * `GET /api/live` is missing here, because it is a stream: see `LiveUpdate`.
 */
export interface Routes {
  'GET /api/status': { response: ConsoleStatus }
  /** Forgets messages, Users, Accounts and events, and ends faults. What is set up stays. */
  'POST /api/reset': { response: void }
  'GET /api/guide': { response: Guide }
  /** The newest API key was copied, which only a page can see. */
  'POST /api/guide/copy-api-key': { response: Guide }

  'GET /api/sources': { response: Source[] }
  'POST /api/sources': { body: SourceSettings; response: Source }
  'GET /api/sources/:id': { response: Source }
  'PATCH /api/sources/:id': { body: SourceSettings; response: Source }
  'DELETE /api/sources/:id': { response: void }
  'GET /api/sources/:id/snippets': { response: Snippet[] }

  'GET /api/messages': { query: MessageQuery; response: Page<MessageSummary> }
  'GET /api/messages/:id': { query: WaitQuery; response: MessageDetail }
  'GET /api/messages/by-message-id/:messageId': { query: WaitQuery; response: MessageDetail }
  'GET /api/messages/:id/export': { query: { format: ExportFormat }; response: MessageExport }
  'POST /api/messages/:id/send': { response: TestSent }
  'DELETE /api/messages': { response: void }

  'GET /api/catalog': { query: { search?: string }; response: CatalogEntry[] }
  'GET /api/destinations': { response: Destination[] }
  'POST /api/destinations': { body: NewDestination; response: Destination }
  'GET /api/destinations/:id': { response: Destination }
  'PATCH /api/destinations/:id': { body: DestinationChanges; response: SavedDestination }
  'DELETE /api/destinations/:id': { response: void }
  'GET /api/destinations/:id/delivery': { query: DeliveryQuery; response: DeliveryOverview }

  'GET /api/destinations/:id/mappings': { response: Mappings }
  'POST /api/destinations/:id/mappings': { body: NewMapping; response: Mapping }
  'POST /api/destinations/:id/mappings/check': { body: Omit<Mapping, 'id'>; response: MappingCheck }
  'PATCH /api/destinations/:id/mappings/:mapping': { body: MappingChanges; response: Mapping }
  'DELETE /api/destinations/:id/mappings/:mapping': { response: void }

  'GET /api/destinations/:id/filters': { response: Filter[] }
  'POST /api/destinations/:id/filters': { body: NewFilter; response: Filter }
  'PATCH /api/destinations/:id/filters/:filter': { body: FilterChanges; response: Filter }
  'DELETE /api/destinations/:id/filters/:filter': { response: void }

  'GET /api/examples': { response: ExampleGroup[] }
  'POST /api/destinations/:id/preview': { body: PreviewRequest; response: Preview }
  'POST /api/destinations/:id/test': { body: TestRequest; response: TestSent }

  'GET /api/connectors': { response: Connector[] }
  'POST /api/connectors': { body: ConnectorSettings; response: ConnectorWithKey }
  'GET /api/connectors/:id': { response: Connector }
  'PATCH /api/connectors/:id': { body: Partial<ConnectorSettings>; response: Connector }
  'POST /api/connectors/:id/roll': { response: ConnectorWithKey }
  'POST /api/connectors/:id/revoke': { response: Connector }
  'GET /api/connectors/:id/blocked': { query: PageQuery; response: Page<BlockedMessage> }

  'GET /api/users': { query: PageQuery; response: Page<UserSummary> }
  'GET /api/users/:key': { response: User }
  'GET /api/accounts': { query: PageQuery; response: Page<AccountSummary> }
  'GET /api/accounts/:key': { response: Account }
  'GET /api/events': { query: EventQuery; response: Page<AstrolabeEvent> }
  'GET /api/events/:key': { response: AstrolabeEvent & { message: JsonObject } }

  'GET /api/faults': { response: Faults }
  'PUT /api/faults': { body: { active: string[] }; response: Faults }

  'GET /api/engage': { response: Engage }
  'POST /api/engage/audiences': { body: AudienceSettings; response: Audience }
  'PATCH /api/engage/audiences/:id': { body: AudienceSettings; response: Audience }
  'DELETE /api/engage/audiences/:id': { response: void }
  'POST /api/engage/computed-traits': { body: ComputedTraitSettings; response: ComputedTrait }
  'DELETE /api/engage/computed-traits/:id': { response: void }
  /** `null` follows the clock again. */
  'PUT /api/engage/reference-date': { body: { date: Instant | null }; response: Engage }
  'POST /api/engage/sync': { response: Sync }
}

export type Route = keyof Routes

/** The names in a route's path: `RouteParams<'GET /api/users/:key'>` is `{ key: string }`. */
export type RouteParams<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Record<Name, string> & RouteParams<Rest>
  : Path extends `${string}:${infer Name}`
    ? Record<Name, string>
    : unknown
