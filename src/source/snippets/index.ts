import { csharp, go, java } from './compiled'
import { browser, node, npm, reactNative } from './javascript'
import { curl, php, python, ruby } from './scripting'
import type { Snippet } from './snippet'

export type { Snippet } from './snippet'

/**
 * A snippet for each of Segment's clients that can send to a source on this machine. Each makes the calls of the
 * destination's documentation: a User, an Account and an event.
 *
 * @param port of the source on 127.0.0.1
 */
export function snippets({ port, writeKey }: { port: number; writeKey: string }): Snippet[] {
  const host = '127.0.0.1'
  const values = { host, port, writeKey, origin: `http://${host}:${port}` }
  return [node, browser, npm, reactNative, python, ruby, go, php, java, csharp, curl].map((snippet) => snippet(values))
}
