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

export interface Operation extends Marks {
  operationId: string
  summary: string
  requestBody: Body
  responses: Record<string, Response>
  'x-rules': ({ rule: string } & Marks)[]
}

export interface Response extends Body, Marks {
  description: string
  headers?: Record<string, { description: string }>
}

export interface Schema extends Marks {
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
