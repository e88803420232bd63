import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Audience } from '../../../server/api'
import { formatCount } from '../../data/format'
import { useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { Time } from '../../ui/time'
import { Fold } from '../message/steps'
import styles from '../mappings/mappings.module.css'

export function AudienceRow({ audience }: { audience: Audience }): ReactNode {
  const { id, name, key, event, atLeast, withinDays, members, size, pending, lastSyncAt } = audience
  const remove = useChange('DELETE /api/engage/audiences/:id')
  return (
    <li className={styles.row}>
      <div className={styles.rowText}>
        <div className={styles.rowName}>
          <bdi>{name}</bdi>
        </div>
        <div className={styles.rowDetail}>
          <bdi>{event}</bdi> at least {formatCount(atLeast, 'time')} in the last {formatCount(withinDays, 'day')} ·
          property <code>{key}</code>
        </div>
        <div className={styles.rowDetail}>
          {formatCount(size, 'User')} · next sync: {formatCount(pending.joined, 'User')} joined,{' '}
          {formatCount(pending.left, 'User')} left · last sync: {lastSyncAt ? <Time at={lastSyncAt} /> : 'never'}
        </div>
        {members.length > 0 && (
          <Fold title="Users in it">
            <ul>
              {members.map((member) => (
                <li key={member}>
                  <Link href={`/users?search=${encodeURIComponent(member)}`}>
                    <bdi>{member}</bdi>
                  </Link>
                </li>
              ))}
            </ul>
          </Fold>
        )}
      </div>
      <Button look="danger" aria-label={`Delete ${name}`} onClick={() => remove.mutate({ params: { id } })}>
        Delete
      </Button>
    </li>
  )
}
