import { isIP, isIPv6 } from 'node:net'
import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import { NoSuchAddressError, PortUnavailableError } from '../loopback/listen'
import { UsageError } from './terminal'

/** Who may reach a local server besides this machine. */
export interface Reach {
  host?: string
  allowHost?: string[]
}

export function addReachOptions(command: Command): Command {
  return command
    .option('--host <address>', 'listen on this IP address too, for containers and phones; 0.0.0.0: on all', parseHost)
    .option('--allow-host <name...>', 'serve requests for these host names or IP addresses too', parseName)
}

/** The names under which requests are served besides those of this machine. */
export function allowedHosts({ host, allowHost = [] }: Reach): string[] {
  return [...new Set([...(host === undefined || isEvery(host) ? [] : [toName(host)]), ...allowHost])]
}

/** A warning that says who can reach the server at a URL, if others than this machine can. */
export function describeReach(reach: Reach, url: string): string {
  const { host } = reach
  const { port } = new URL(url)
  const names = allowedHosts(reach)
  if (host === undefined && names.length === 0) {
    return ''
  }
  const who =
    host === undefined
      ? 'Web pages under these names can use this server, without a password'
      : `Everyone who reaches ${isEvery(host) ? "one of this machine's addresses" : host} at port ${port} can use this server, without a password`
  const which =
    names.length > 0
      ? `It serves requests for ${names.join(', ')} too.`
      : 'It rejects their requests unless you name the hosts that they ask for: --allow-host NAME.'
  return `Warning: ${who}. ${which}\n`
}

/** A mistake of the user, if a server could not listen because of one. */
export function toListenError(error: unknown): unknown {
  if (error instanceof PortUnavailableError) {
    return new UsageError(`${error.message} Choose another with --port.`, { cause: error })
  }
  return error instanceof NoSuchAddressError ? new UsageError(error.message, { cause: error }) : error
}

function parseHost(text: string): string {
  if (isIP(text) === 0) {
    throw new InvalidArgumentError('It must be an IP address of this machine, such as 192.168.1.20, or 0.0.0.0.')
  }
  return text
}

function parseName(text: string, before: string[] = []): string[] {
  const name = toName(text)
  if (!/^(?:[a-z\d_-]+(?:\.[a-z\d_-]+)*|\[[\da-f:.]+\])$/i.test(name)) {
    throw new InvalidArgumentError('It must be a host name or an IP address, without a port.')
  }
  return [...before, name]
}

/** As it stands in a URL. */
function toName(address: string): string {
  return isIPv6(address) ? `[${address}]` : address
}

function isEvery(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}
