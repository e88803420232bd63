import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Audience } from '../../../server/api'
import { formatCount, formatNumber } from '../../data/format'
import { useChange } from '../../data/use-api'
import { ComputationRow } from './computation-row'

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

/** Engage knows the ID of a User, not the key of its page. */
export function UserLink({ user }: { user: string }): ReactNode {
  return (
    <Link href={`/users?search=${encodeURIComponent(user)}`}>
      <bdi>{user}</bdi>
    </Link>
  )
}
