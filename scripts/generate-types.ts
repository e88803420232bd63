/**
 * Writes every `generated-types.ts` of the destination from its fields, as `generate:types` of Segment's command line does
 * (segmentio/action-destinations, packages/cli/src/commands/generate/types.ts): the same library in the version that is
 * locked there, with the same options. With `--check` it writes nothing and exits 1 where a file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fieldsToJsonSchema } from '@segment/actions-core'
import type { GlobalSetting, InputField } from '@segment/actions-core'
import type { JSONSchema4 } from 'json-schema'
import { compile } from 'json-schema-to-typescript'
import { prettier } from '../package.json'
import destination from '../src/destinations/astrolabe'

type Fields = Record<string, InputField | GlobalSetting>

const FOLDER = path.join(__dirname, '../src/destinations/astrolabe')

async function main(): Promise<void> {
  const sources: [folder: string, typeName: string, fields: Fields][] = [
    ['', 'Settings', destination.authentication?.fields ?? {}],
    ...Object.entries(destination.actions).map(([key, action]): [string, string, Fields] => [
      key,
      'Payload',
      action.fields
    ])
  ]
  const stale: string[] = []
  for (const [folder, typeName, fields] of sources) {
    const file = path.join(FOLDER, folder, 'generated-types.ts')
    const types = await generateTypes(typeName, fields)
    if (!process.argv.includes('--check')) {
      writeFileSync(file, types)
    } else if (readFileSync(file, 'utf8') !== types) {
      stale.push(path.relative(process.cwd(), file))
    }
  }
  if (stale.length > 0) {
    console.error(`Stale: ${stale.join(', ')}. Run \`npm run types\` and commit what it writes.`)
    process.exitCode = 1
  }
}

async function generateTypes(typeName: string, fields: Fields): Promise<string> {
  const schema = fieldsToJsonSchema(fields, { tsType: true })
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    schema.properties = { ...schema.properties, [key]: withoutTitleAndEnum(property) }
  }
  return compile(schema, typeName, {
    bannerComment: '// Generated file. DO NOT MODIFY IT BY HAND.',
    // package.json's own prettier settings, which are upstream's.
    style: { ...prettier, trailingComma: 'none' }
  })
}

/** Upstream takes both out of every property: a title would become an alias, an enum a union. */
function withoutTitleAndEnum({ title: _title, enum: _enum, ...schema }: JSONSchema4): JSONSchema4 {
  return schema
}

void main()
