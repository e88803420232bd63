import { csharp, go, java } from './compiled'
import { browser, node, npm, reactNative } from './javascript'
import { curl, php, python, ruby } from './scripting'
import type { Snippet, SnippetValues } from './snippet'

export type { Snippet } from './snippet'

/**
 * A snippet for each of Segment's clients that can send to a local source. Each makes the calls of the destination's
 * documentation: a User, an Account and an event.
 *
 * @param origin of the source, as its clients reach it, such as `http://127.0.0.1:4010`
 */
export function snippets({ origin, writeKey }: Pick<SnippetValues, 'origin' | 'writeKey'>): Snippet[] {
  const { hostname, port } = new URL(origin)
  const values = { origin, writeKey, host: hostname, port: Number(port || 80) }
  return [node, browser, npm, reactNative, python, ruby, go, php, java, csharp, curl].map((snippet) => snippet(values))
}
