import { hash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { RecentMap } from '../../memory/recent-map'

/** Whether Users with free email providers are allowed. */
export type FreeEmailChoice = 'allow' | 'block'

export interface ConnectorSettings {
  name: string
  /** Default: `allow`. */
  freeEmailProviders?: FreeEmailChoice
  /** Default: a new random key. */
  apiKey?: string
}

/** A message that was blocked, without its data. */
export interface BlockedMessage {
  /** Milliseconds since the epoch. */
  at: number
  messageId?: string
  type: 'identify' | 'group' | 'track'
  /** The `userId`, or else the anonymous ID, at most 200 characters of it. */
  user: string
  /** Such as `gmail.com`. */
  provider: string
}

const MAX_BLOCKED = 1000

/** A Segment.com Connector: an API key, and a choice about free email providers. */
export class Connector {
  readonly id = randomUUID()
  /** Milliseconds since the epoch. */
  readonly createdAt = Date.now()
  /** The last messages that were blocked. `blocked.size + blocked.dropped` is how many there were. */
  readonly blocked = new RecentMap<BlockedMessage>(MAX_BLOCKED)
  name: string
  freeEmailProviders: FreeEmailChoice
  private key: string
  private isKeyRevoked = false

  constructor({ name, freeEmailProviders = 'allow', apiKey = newKey() }: ConnectorSettings) {
    this.name = name
    this.freeEmailProviders = freeEmailProviders
    this.key = apiKey
  }

  get apiKey(): string {
    return this.key
  }

  get isRevoked(): boolean {
    return this.isKeyRevoked
  }

  /** Replaces the key: the old one is rejected from now on. Also ends a revocation. */
  roll(): string {
    this.isKeyRevoked = false
    return (this.key = newKey())
  }

  revoke(): void {
    this.isKeyRevoked = true
  }
}

/** The connectors of a workspace, in the order in which they were added. */
export class Connectors {
  private readonly byId = new Map<string, Connector>()

  add(settings: ConnectorSettings): Connector {
    const connector = new Connector(settings)
    this.byId.set(connector.id, connector)
    return connector
  }

  get(id: string): Connector | undefined {
    return this.byId.get(id)
  }

  /**
   * The connector of a key. Compares with every key, even after a match, so that its duration reveals nothing.
   */
  findByKey(apiKey: string): Connector | undefined {
    const wanted = digest(apiKey)
    return [...this]
      .filter((connector) => timingSafeEqual(digest(connector.apiKey), wanted))
      .find(({ isRevoked }) => !isRevoked)
  }

  [Symbol.iterator](): Iterator<Connector> {
    return this.byId.values()
  }
}

/** Hashed, keys of any length have one length, as `timingSafeEqual` requires. */
export function digest(key: string): Buffer {
  return hash('sha256', key, 'buffer')
}

function newKey(): string {
  return `sandbox_${randomBytes(24).toString('base64url')}`
}
