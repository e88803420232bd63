import type { ExportFormat, Json, JsonObject, MessageExport } from './api'
import { fixtureFor } from './fixture'
import type { MessageRecord } from './message-record'

/** The calls that Segment's API has a path for, and its clients a method. */
const CALLS = ['identify', 'track', 'page', 'screen', 'group', 'alias']

interface Target {
  /** Of this console, where the code sends to. */
  origin: string
  /** Of the local source, so that the code runs as it is. */
  writeKey: string
}

/** Code or a file that repeats a message. */
export function exportMessage(record: MessageRecord, format: ExportFormat, target: Target): MessageExport {
  const fileName = `message-${record.id}`
  switch (format) {
    case 'curl':
      return { format, language: 'bash', text: curl(record.event, target), fileName: `${fileName}.sh` }
    case 'node':
      return { format, language: 'javascript', text: node(record.event, target), fileName: `${fileName}.mjs` }
    case 'fixture': {
      const text = `${JSON.stringify([fixtureFor(record)], null, 2)}\n`
      return { format, language: 'json', text, fileName: `${fileName}.json` }
    }
  }
}

function curl(event: JsonObject, { origin, writeKey }: Target): string {
  const { path, body } = requestFor(event)
  return `curl -u '${writeKey}:' ${origin}${path} \\
  -H 'content-type: application/json' \\
  -d '${JSON.stringify(body, null, 2).replaceAll("'", String.raw`'\''`)}'
`
}

function node(event: JsonObject, { origin, writeKey }: Target): string {
  const { type, ...call } = callOf(event)
  if (!isCall(type)) {
    const { path, body } = requestFor(event)
    return `// Segment's client has no method for this type of call.
await fetch('${origin}${path}', {
  method: 'POST',
  headers: { authorization: \`Basic \${btoa('${writeKey}:')}\`, 'content-type': 'application/json' },
  body: JSON.stringify(${literal(body).replaceAll('\n', '\n  ')})
})
`
  }
  return `import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({ writeKey: '${writeKey}', host: '${origin}' })

analytics.${type}(${literal(call)})
await analytics.closeAndFlush()
`
}

function requestFor(event: JsonObject): { path: string; body: JsonObject } {
  const { type, ...call } = callOf(event)
  return isCall(type)
    ? { path: `/v1/${type}`, body: call }
    : { path: '/v1/batch', body: { batch: [{ type, ...call }] } }
}

/** The event without what Segment adds: with its old `messageId` it would be dropped as a duplicate. */
function callOf(event: JsonObject): JsonObject {
  const {
    messageId: _messageId,
    receivedAt: _receivedAt,
    sentAt: _sentAt,
    timestamp,
    originalTimestamp,
    ...call
  } = event
  return originalTimestamp === undefined ? call : { ...call, timestamp: originalTimestamp ?? timestamp }
}

function isCall(type: Json | undefined): type is string {
  return typeof type === 'string' && CALLS.includes(type)
}

/** A key `__proto__` of a literal would set the prototype. In brackets it is a key like any other. */
function literal(value: JsonObject): string {
  return JSON.stringify(value, null, 2).replaceAll(/^( *)"__proto__":/gm, '$1["__proto__"]:')
}
