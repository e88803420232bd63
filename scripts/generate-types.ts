/**
 * Writes every `generated-types.ts` of the destination from its fields, as `generate:types` of Segment's command line does
 * (segmentio/action-destinations, packages/cli/src/commands/generate/types.ts): the same library in the version that is
 * locked there, with the same options. With `--check` it writes nothing and exits with 1 if a file is stale.
 */
import { fieldsToJsonSchema } from '@segment/actions-core'
import type { GlobalSetting, InputField } from '@segment/actions-core'
import { compile } from 'json-schema-to-typescript'
import { prettier } from '../package.json'
import destination from '../src/destinations/astrolabe'
import { DESTINATION, writeOrCheck } from './write-or-check'

type JSONSchema4 = Parameters<typeof compile>[0]

type Fields = Record<string, InputField | GlobalSetting>

async function main(): Promise<void> {
  const files: Record<string, string> = {
    [`${DESTINATION}/generated-types.ts`]: await generateTypes('Settings', destination.authentication?.fields ?? {})
  }
  for (const [key, action] of Object.entries(destination.actions)) {
    files[`${DESTINATION}/${key}/generated-types.ts`] = await generateTypes('Payload', action.fields)
  }
  writeOrCheck(files, 'npm run types')
}

async function generateTypes(typeName: string, fields: Fields): Promise<string> {
  const schema = withoutTitleAndEnum(fieldsToJsonSchema(fields, { tsType: true }))
  return compile(schema, typeName, {
    bannerComment: '// Generated file. DO NOT MODIFY IT BY HAND.',
    // package.json's own prettier settings, which are upstream's.
    style: { ...prettier, trailingComma: 'none' }
  })
}

/** Upstream takes both out of every property, nested ones too: a title would become an alias, an enum a union. */
function withoutTitleAndEnum({ title: _title, enum: _enum, ...schema }: JSONSchema4): JSONSchema4 {
  if (schema.properties) {
    const properties = Object.entries(schema.properties).map(([key, property]) => [key, withoutTitleAndEnum(property)])
    return { ...schema, properties: Object.fromEntries(properties) as JSONSchema4['properties'] }
  }
  return schema.items && !Array.isArray(schema.items) ? { ...schema, items: withoutTitleAndEnum(schema.items) } : schema
}

void main()
