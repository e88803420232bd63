import type { ReactNode } from 'react'
import type { Engage } from '../../../server/api'
import { formatCount, formatNumber } from '../../data/format'
import { useApi, useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { Card, Note, Page } from '../../ui/page'
import { Banner, Empty, Loaded } from '../../ui/state'
import { useToast } from '../../ui/toasts'
import { AddAudience } from './add-audience'
import { AddComputedTrait } from './add-computed-trait'
import { AudienceRow } from './audience-row'
import { ComputedTraitRow } from './computed-trait-row'
import { ReferenceDate } from './reference-date'
import { SyncsCard } from './syncs-card'

/** Audiences and computed traits, which reach the destinations as identify calls. */
export function EngagePage(): ReactNode {
  const engage = useApi('GET /api/engage', {})
  return (
    <Page
      title="Engage"
      lead="Audiences and computed traits over the events that the sources received. A sync sends them as a property of the User, by identify calls."
      actions={engage.data && <SyncButton engage={engage.data} />}
    >
      <Loaded query={engage}>
        {(value) => (
          <>
            <ReferenceDate engage={value} />
            <Card title="Audiences" aside={<AddAudience />} isFlush>
              {value.audiences.length === 0 ? (
                <Empty title="No audiences yet">
                  Click <strong>New audience</strong>, for example for Users who completed an order in the last 30 days.
                </Empty>
              ) : (
                <ul>
                  {value.audiences.map((audience) => (
                    <AudienceRow key={audience.id} audience={audience} />
                  ))}
                </ul>
              )}
            </Card>
            <Card title="Computed traits" aside={<AddComputedTrait />} isFlush>
              {value.computedTraits.length === 0 ? (
                <Empty title="No computed traits yet">
                  Click <strong>New computed trait</strong> for the count of an event or the last value of a property.
                </Empty>
              ) : (
                <ul>
                  {value.computedTraits.map((trait) => (
                    <ComputedTraitRow key={trait.id} trait={trait} />
                  ))}
                </ul>
              )}
            </Card>
            <SyncsCard engage={value} />
            <Note>
              Conditions are evaluated over {formatCount(value.events.kept, 'track call')}.
              {value.events.dropped > 0 &&
                ` ${formatNumber(value.events.dropped)} older ones were dropped because of the memory limit.`}
            </Note>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function SyncButton({ engage: { audiences, computedTraits } }: { engage: Engage }): ReactNode {
  const sync = useChange('POST /api/engage/sync')
  const toast = useToast()
  const isEmpty = audiences.length + computedTraits.length === 0
  return (
    <>
      <Button
        look="primary"
        disabled={isEmpty || sync.isPending}
        onClick={() =>
          sync.mutate(
            {},
            {
              onSuccess: ({ calls }) => {
                const count = calls.reduce((sum, call) => sum + call.count, 0)
                toast(count === 0 ? 'Nothing has changed since the last sync.' : `Sent ${formatCount(count, 'call')}.`)
              }
            }
          )
        }
      >
        Sync now
      </Button>
      {sync.error && <Banner kind="bad">{sync.error.message}</Banner>}
    </>
  )
}
