import type { PageContent } from './page'

export function contractPage({ info, paths, components: { schemas }, servers: [server] }: Contract): PageContent {
  return {
    title: escape(info.title),
    style: `  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word }
  h2 { margin-top: 3rem }
  pre { padding: .75rem; border: 1px solid; border-radius: 4px; white-space: pre-wrap }
  th, td { padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top }
  .assumed { font-style: italic }`,
    body: `${prose(info.description)}
<p>As OpenAPI: <a href="/docs/json">JSON</a>, <a href="/docs/yaml">YAML</a></p>
${Object.entries(paths)
  .map(([path, { post }]) => operationSection(path, post, server.url))
  .join('\n')}
${Object.entries(schemas)
  .map(([name, schema]) => schemaSection(name, schema))
  .join('\n')}`
  }
}

function operationSection(path: string, operation: Operation, base: string): string {
  const { operationId, summary, 'x-rules': rules, requestBody, responses } = operation
  return `<section id="${operationId}">
<h2>${escape(summary)}</h2>
<p><code>POST ${escape(base + path)}</code> ${provenance(operation)}</p>
<ul>
${rules.map((rule) => `<li>${inline(rule.rule)} ${provenance(rule)}`).join('\n')}
</ul>
<h3>Request</h3>
<p>${typeName(requestBody.content['application/json'].schema)}</p>
${propertyTable(requestBody.content['application/json'].schema)}
<h3>Responses</h3>
<table>
${Object.entries(responses)
  .map(([status, response]) => responseRow(status, response))
  .join('\n')}
</table>
</section>`
}

function responseRow(status: string, response: Response): string {
  const headers = Object.entries(response.headers ?? {}).map(
    ([name, { description }]) => ` <code>${escape(name)}</code>: ${inline(description)}`
  )
  const body = typeName(response.content['application/json'].schema)
  return `<tr><th>${status}<td>${inline(response.description)}${headers.join('')}<td>${body}<td>${provenance(response)}`
}

function schemaSection(name: string, schema: Schema): string {
  const examples = (schema.examples ?? []).map((example) => `<pre>${escape(JSON.stringify(example, null, 2))}</pre>`)
  const choices = (schema.oneOf ?? []).map(typeName).join(' or ')
  const ids = (schema.anyOf ?? []).flatMap(({ required = [] }) => required.map((id) => `<code>${escape(id)}</code>`))
  return `<section id="${escape(name)}">
<h2>${escape(name)}</h2>
<p>${inline(schema.description ?? '')} ${provenance(schema)} ${choices}</p>
${propertyTable(schema)}
${ids.length > 0 ? `<p>At least one of ${ids.join(' and ')} is required.</p>` : ''}
${examples.join('\n')}
</section>`
}

function propertyTable({ properties, required = [] }: Schema): string {
  const rows = Object.entries(properties ?? {}).map(
    ([name, schema]) =>
      `<tr><th><code>${escape(name)}</code><td>${typeName(schema)}${required.includes(name) ? ', required' : ''}` +
      `<td>${inline(schema.description ?? '')}<td>${provenance(schema)}`
  )
  return rows.length > 0 ? `<table>\n${rows.join('\n')}\n</table>` : ''
}

function typeName({ $ref, type = 'any', const: value, format, items, maxItems }: Schema): string {
  if ($ref !== undefined) {
    const name = escape($ref.slice($ref.lastIndexOf('/') + 1))
    return `<a href="#${name}">${name}</a>`
  }
  if (items) {
    return `${type} of ${typeName(items)}${maxItems === undefined ? '' : `, at most ${maxItems}`}`
  }
  return value === undefined ? (format ?? type) : `<code>${escape(JSON.stringify(value))}</code>`
}

function provenance(marked: { 'x-documented'?: true; 'x-assumed'?: true }): string {
  return marked['x-assumed'] ? '<span class="assumed">assumed</span>' : marked['x-documented'] ? 'documented' : ''
}

/** Paragraphs and lists, as the contract's text has them. */
function prose(text: string): string {
  return text
    .split('\n\n')
    .map((block) =>
      block.startsWith('- ')
        ? `<ul>${block
            .slice(2)
            .split('\n- ')
            .map((item) => `<li>${inline(item)}`)
            .join('')}</ul>`
        : `<p>${inline(block)}</p>`
    )
    .join('\n')
}

/** Code and links, as the contract's text has them. */
function inline(text: string): string {
  return escape(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\[([^\]]+)\]\((https:[^)]+)\)/g, '<a href="$2">$1</a>')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** The part of an OpenAPI document that the page shows. */
export interface Contract {
  info: { title: string; description: string }
  servers: { url: string }[]
  paths: Record<string, { post: Operation }>
  components: { schemas: Record<string, Schema> }
}

interface Marks {
  'x-documented'?: true
  'x-assumed'?: true
}

interface Body {
  content: { 'application/json': { schema: Schema } }
}

interface Operation extends Marks {
  operationId: string
  summary: string
  requestBody: Body
  responses: Record<string, Response>
  'x-rules': ({ rule: string } & Marks)[]
}

interface Response extends Body, Marks {
  description: string
  headers?: Record<string, { description: string }>
}

interface Schema extends Marks {
  $ref?: string
  type?: string
  const?: unknown
  format?: string
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  maxItems?: number
  oneOf?: Schema[]
  anyOf?: Schema[]
  examples?: unknown[]
}
