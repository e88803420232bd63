import allProviders from 'email-providers/all.json'
import { RecentMap } from '../../memory/recent-map'
import { fingerprint } from '../../memory/size'
import type { Message } from '../messages/schema'
import { userKeys } from './records'
import type { Users } from './users'

/** Reserved for examples (RFC 2606). The list has them, but Segment's own examples of Users use them. */
const RESERVED = ['example.com', 'example.net', 'example.org']

const PROVIDERS = new Set(allProviders.filter((domain) => !RESERVED.includes(domain)))

/**
 * Knows which Users have a free email provider, for connectors that block those. A message says so by `traits.email`
 * (identify) or `context.traits.email`. It holds for later messages of the User, until another email comes.
 */
export class FreeEmailUsers {
  /** Blocked Users have no record that would hold their email. */
  private readonly providers: RecentMap<string>

  constructor(limit: number) {
    this.providers = new RecentMap(limit)
  }

  /** The free email provider of the User that sends a message, if it has one. */
  providerOf(message: Message, users: Users): string | undefined {
    const keys = userKeys(message).map(fingerprint)
    const email = emailIn(message)
    if (email === undefined) {
      const known = users.find(message)?.traits.get('email')
      return typeof known === 'string' ? freeProvider(known) : keys.map((key) => this.providers.get(key)).find(Boolean)
    }
    const provider = freeProvider(email)
    keys.forEach((key) => (provider === undefined ? this.providers.delete(key) : this.providers.set(key, provider)))
    return provider
  }
}

function emailIn(message: Message): string | undefined {
  const traits = [message.type === 'identify' ? message.traits : undefined, message.context?.traits]
  return traits.map(emailOf).find((email) => typeof email === 'string')
}

function emailOf(traits: unknown): unknown {
  return typeof traits === 'object' && traits !== null && 'email' in traits ? traits.email : undefined
}

function freeProvider(email: string): string | undefined {
  const domain = email
    .slice(email.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
  return PROVIDERS.has(domain) ? domain : undefined
}
