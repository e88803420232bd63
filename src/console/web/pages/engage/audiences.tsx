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
      editor={(close) => <AudienceDialog edited={audience} onClose={close} />}
      remove={{ mutate: () => mutate({ params: { id } }), error }}
    />
  )
}

/** For a new audience, or to edit one. */
function AudienceDialog({ edited, onClose }: { edited?: Audience; onClose(): void }): ReactNode {
  const [atLeast, setAtLeast] = useState(String(edited?.atLeast ?? 1))
  const [withinDays, setWithinDays] = useState(String(edited?.withinDays ?? 30))
  const adding = useChange('POST /api/engage/audiences')
  const changing = useChange('PATCH /api/engage/audiences/:id')
  const saving = edited ? changing : adding
  return (
    <ComputationDialog
      noun="audience"
      description="Users who performed an event recently, and often enough."
      nameLabel="Audience name"
      isComplete
      onSubmit={(basics) => {
        const body = { ...basics, atLeast: Number(atLeast), withinDays: Number(withinDays) }
        if (edited) {
          changing.mutate({ params: { id: edited.id }, body }, { onSuccess: onClose })
        } else {
          adding.mutate({ body }, { onSuccess: onClose })
        }
      }}
      {...{ edited, saving, onClose }}
    >
      <TextField
        label="Minimum count"
        description="How often a User must have performed it."
        type="number"
        min={1}
        value={atLeast}
        problem={saving.error?.problemOf('atLeast')}
        onChange={({ target }) => setAtLeast(target.value)}
      />
      <TextField
        label="Days"
        description="How many days to look back from the reference date."
        type="number"
        min={1}
        value={withinDays}
        problem={saving.error?.problemOf('withinDays')}
        onChange={({ target }) => setWithinDays(target.value)}
      />
    </ComputationDialog>
  )
}
