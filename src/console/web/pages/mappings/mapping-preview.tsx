import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { ReactNode } from 'react'
import type { JsonObject, Mapping, Preview } from '../../../server/api'
import { call } from '../../data/client'
import type { ApiError } from '../../data/client'
import { useApi } from '../../data/use-api'
import { JsonCode } from '../../ui/code'
import { MappingSteps } from '../../ui/delivery-steps'
import { Card } from '../../ui/page'
import { Empty, Loaded } from '../../ui/state'
import { Fold, Steps } from '../../ui/steps'
import { StartFrom } from '../test/start-from'

/** What an edited mapping makes of an event, before it is saved. */
export function MappingPreview({ destinationId, mapping }: { destinationId: string; mapping: Mapping }): ReactNode {
  const [chosen, setChosen] = useState<JsonObject>()
  const { data: groups } = useApi('GET /api/examples', {})
  const event =
    chosen ??
    groups?.flatMap(({ examples }) => examples).find(({ event }) => event.type === mapping.action)?.event ??
    groups?.[0]?.examples[0]?.event
  return (
    <Card title="Preview" aside={<StartFrom onChoose={setChosen} />}>
      {event === undefined ? (
        <Empty title="No event">Choose an event to try the mapping on.</Empty>
      ) : (
        <>
          <Fold title="Event">
            <JsonCode label="Event" value={event} />
          </Fold>
          <PreviewSteps destinationId={destinationId} mapping={mapping} event={event} />
        </>
      )}
    </Card>
  )
}

interface PreviewStepsProps {
  destinationId: string
  mapping: Mapping
  event: JsonObject
}

function PreviewSteps({ destinationId, mapping, event }: PreviewStepsProps): ReactNode {
  const request = useDeferredValue(JSON.stringify({ event, mapping }))
  const preview = useQuery<Preview, ApiError>({
    queryKey: ['mappings', 'preview', destinationId, request],
    queryFn: ({ signal }) =>
      call('POST /api/destinations/:id/preview', {
        params: { id: destinationId },
        body: JSON.parse(request) as { event: JsonObject; mapping: Mapping },
        signal
      }),
    placeholderData: keepPreviousData,
    gcTime: 10_000
  })
  return (
    <Loaded query={preview}>
      {({ mappings }) => (
        <Steps>
          {mappings.map((trace) => (
            <MappingSteps key={trace.mappingId} mapping={trace} />
          ))}
        </Steps>
      )}
    </Loaded>
  )
}
