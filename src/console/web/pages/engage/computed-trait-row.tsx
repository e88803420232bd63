import type { ReactNode } from 'react'
import type { ComputedTrait } from '../../../server/api'
import { formatCount } from '../../data/format'
import { useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { JsonValue } from '../../ui/code'
import { Time } from '../../ui/time'
import { Fold } from '../message/steps'
import styles from '../mappings/mappings.module.css'

export function ComputedTraitRow({ trait }: { trait: ComputedTrait }): ReactNode {
  const { id, name, key, kind, event, property, values, size, pending, lastSyncAt } = trait
  const remove = useChange('DELETE /api/engage/computed-traits/:id')
  return (
    <li className={styles.row}>
      <div className={styles.rowText}>
        <div className={styles.rowName}>
          <bdi>{name}</bdi>
        </div>
        <div className={styles.rowDetail}>
          {kind === 'count' ? 'Count of ' : 'Last value of '}
          <bdi>{kind === 'count' ? event : `${property} in ${event}`}</bdi> · property <code>{key}</code>
        </div>
        <div className={styles.rowDetail}>
          {formatCount(size, 'User')} · next sync: {formatCount(pending, 'call')} · last sync:{' '}
          {lastSyncAt ? <Time at={lastSyncAt} /> : 'never'}
        </div>
        {values.length > 0 && (
          <Fold title="Values">
            <ul>
              {values.map(({ user, value }) => (
                <li key={user}>
                  <bdi>{user}</bdi>: <JsonValue value={value} />
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
