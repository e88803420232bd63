import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import type { ReactNode } from 'react'
import type { JsonObject, Preview } from '../../../server/api'
import { call } from '../../data/client'
import type { ApiError } from '../../data/client'
import { DeliverySteps } from '../../ui/delivery-steps'
import { Card } from '../../ui/page'
import { Banner, Empty, Loaded } from '../../ui/state'

interface PreviewCardProps {
  destinationId: string
  /** Absent while the text is not valid. */
  event: JsonObject | undefined
  problem: string | undefined
}

/** What the event would do under each mapping. Nothing is sent. */
export function PreviewCard({ destinationId, event, problem }: PreviewCardProps): ReactNode {
  const text = useDeferredValue(JSON.stringify(event))
  const preview = useQuery<Preview, ApiError>({
    queryKey: ['mappings', 'preview', destinationId, text],
    queryFn: ({ signal }) =>
      call('POST /api/destinations/:id/preview', {
        params: { id: destinationId },
        body: { event: JSON.parse(text) as JsonObject },
        signal
      }),
    enabled: text !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 10_000
  })
  return (
    <Card title="Preview">
      {problem !== undefined ? (
        <Empty title="No preview">{problem}</Empty>
      ) : (
        <Loaded query={preview}>
          {(value) => (
            <>
              <Banner kind={value.mappings.some(({ matches }) => matches === 'yes') ? 'info' : 'idle'}>
                <strong>{value.sentence}</strong>
              </Banner>
              <DeliverySteps delivery={value} />
            </>
          )}
        </Loaded>
      )}
    </Card>
  )
}
