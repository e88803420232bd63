import { useState } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Engage } from '../../../server/api'
import { formatCount, formatNumber } from '../../data/format'
import { useApi, useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { Table, Time } from '../../ui/details'
import { TextField } from '../../ui/field'
import { FieldWithButtons, Form } from '../../ui/form'
import { Card, Note, Page } from '../../ui/page'
import { Banner, Empty, Loaded } from '../../ui/state'
import { useToast } from '../../ui/toasts'
import { AddAudience, AudienceRow } from './audiences'
import { UserLink } from './computation'
import { AddComputedTrait, ComputedTraitRow } from './computed-traits'

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

const DAY = 86_400_000

/** "Now" for all conditions. Moved forward, it shows who leaves an audience. */
function ReferenceDate({ engage }: { engage: Engage }): ReactNode {
  const { referenceDate, isReferenceDateMoved } = engage
  const [date, setDate] = useState('')
  const move = useChange('PUT /api/engage/reference-date')
  const days = (count: number) => new Date(Date.parse(referenceDate) + count * DAY).toISOString()
  return (
    <Card
      title="Reference date"
      aside={
        <span>
          {isReferenceDateMoved ? 'Moved to ' : 'Now: '}
          <Time at={referenceDate} />
        </span>
      }
    >
      <p>Conditions such as “in the last 30 days” count from this date. Move it to see Users leave an audience.</p>
      <Form onSubmit={() => date && move.mutate({ body: { date: new Date(date).toISOString() } })}>
        <FieldWithButtons>
          <TextField
            label="Move to"
            type="datetime-local"
            value={date}
            onChange={({ target }) => setDate(target.value)}
          />
          <Button type="submit" disabled={date === ''}>
            Move
          </Button>
          <Button onClick={() => move.mutate({ body: { date: days(1) } })}>1 day later</Button>
          <Button onClick={() => move.mutate({ body: { date: days(31) } })}>31 days later</Button>
          {isReferenceDateMoved && (
            <Button onClick={() => move.mutate({ body: { date: null } })}>Follow the clock again</Button>
          )}
        </FieldWithButtons>
        {move.error && <Banner kind="bad">{move.error.message}</Banner>}
      </Form>
    </Card>
  )
}

function Members({ verb, users }: { verb: 'Joined' | 'Left'; users: string[] }): ReactNode {
  return (
    users.length > 0 && (
      <div>
        {verb}:{' '}
        {users.slice(0, SHOWN_MESSAGES).map((user, index) => (
          <span key={user}>
            {index > 0 && ', '}
            <UserLink user={user} />
          </span>
        ))}
        {users.length > SHOWN_MESSAGES && ` and ${formatNumber(users.length - SHOWN_MESSAGES)} more`}
      </div>
    )
  )
}

/** Messages or Users that a sync lists at most. */
const SHOWN_MESSAGES = 5

/** What each sync sent, with links to the messages. */
function SyncsCard({ engage: { syncs, audiences, computedTraits } }: { engage: Engage }): ReactNode {
  const isEmpty = audiences.length + computedTraits.length === 0
  return (
    <Card title="Syncs" isFlush>
      {syncs.length === 0 ? (
        <Empty title="No sync yet">
          {isEmpty ? 'Add an audience or a computed trait, then click ' : 'Click '}
          <strong>Sync now</strong>. The first sync sends an identify call for every User in an audience. Later ones
          send only what has changed.
        </Empty>
      ) : (
        <Table
          label="Syncs"
          columns={['Time', 'Reference date', 'Calls', 'Messages']}
          rows={syncs}
          keyOf={({ at }) => at}
          cellsOf={({ at, referenceDate, calls, messageIds }) => [
            <Time key="at" at={at} />,
            <Time key="date" at={referenceDate} />,
            calls.length === 0
              ? 'None'
              : calls.map(({ key, name, count, joined = [], left = [] }) => (
                  <div key={key}>
                    <bdi>{name}</bdi>: {formatCount(count, 'call')}
                    <Members verb="Joined" users={joined} />
                    <Members verb="Left" users={left} />
                  </div>
                )),
            <ul key="messages">
              {messageIds.slice(0, SHOWN_MESSAGES).map((id, index) => (
                <li key={id}>
                  <Link href={`/messages/${encodeURIComponent(id)}`}>Message {index + 1}</Link>
                </li>
              ))}
              {messageIds.length > SHOWN_MESSAGES && (
                <li>and {formatNumber(messageIds.length - SHOWN_MESSAGES)} more</li>
              )}
            </ul>
          ]}
        />
      )}
    </Card>
  )
}
