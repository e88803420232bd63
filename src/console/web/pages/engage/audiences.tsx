import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Audience } from '../../../server/api'
import { formatCount, formatNumber } from '../../data/format'
import { useChange } from '../../data/use-api'
import { TextField } from '../../ui/field'
import { AddComputation, ComputationDialog, ComputationRow, UserLink } from './computation'

export function AddAudience(): ReactNode {
  return <AddComputation noun="audience">{(close) => <AudienceDialog onClose={close} />}</AddComputation>
}

export function AudienceRow({ audience }: { audience: Audience }): ReactNode {
  const { id, event, atLeast, withinDays, members, size, pending } = audience
  const { mutate, error } = useChange('DELETE /api/engage/audiences/:id')
  return (
    <ComputationRow
      computation={audience}
      definition={
        <>
          Users who performed <bdi>{event}</bdi> at least {formatCount(atLeast, 'time')} in the last{' '}
          {formatCount(withinDays, 'day')}
        </>
      }
      state={`${formatCount(size, 'User')}. The next sync sends ${formatCount(pending.joined + pending.left, 'call')}: ${formatNumber(pending.joined)} joined, ${formatNumber(pending.left)} left.`}
      users={{
        title: 'Members',
        items: members.map((member) => (
          <li key={member}>
            <UserLink user={member} />
          </li>
        ))
      }}
      remove={{ mutate: () => mutate({ params: { id } }), error }}
    />
  )
}

function AudienceDialog({ onClose }: { onClose(): void }): ReactNode {
  const [atLeast, setAtLeast] = useState('1')
  const [withinDays, setWithinDays] = useState('30')
  const adding = useChange('POST /api/engage/audiences')
  return (
    <ComputationDialog
      noun="audience"
      description="Users who performed an event recently, and often enough."
      nameLabel="Audience name"
      isComplete
      onSubmit={(basics) =>
        adding.mutate(
          { body: { ...basics, atLeast: Number(atLeast), withinDays: Number(withinDays) } },
          { onSuccess: onClose }
        )
      }
      {...{ adding, onClose }}
    >
      <TextField
        label="Minimum count"
        description="How often a User must have performed it."
        type="number"
        min={1}
        value={atLeast}
        problem={adding.error?.problemOf('atLeast')}
        onChange={({ target }) => setAtLeast(target.value)}
      />
      <TextField
        label="Days"
        description="How many days to look back from the reference date."
        type="number"
        min={1}
        value={withinDays}
        problem={adding.error?.problemOf('withinDays')}
        onChange={({ target }) => setWithinDays(target.value)}
      />
    </ComputationDialog>
  )
}
