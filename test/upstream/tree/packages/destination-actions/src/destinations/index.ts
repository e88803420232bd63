import type { DestinationDefinition } from '@segment/actions-core'

export const manifest: Record<string, { definition: DestinationDefinition; directory: string }> = {}

// What only Segment adds.
register('64d2643196f4937712e54198', './astrolabe')

function register(id: string, directory: string): void {
  const { default: definition } = require(directory) as { default: DestinationDefinition }
  manifest[id] = { definition, directory }
}
