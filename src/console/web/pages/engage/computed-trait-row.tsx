import type { ReactNode } from 'react'
import type { ComputedTrait } from '../../../server/api'
import { formatCount } from '../../data/format'
import { useChange } from '../../data/use-api'
import { JsonValue } from '../../ui/code'
import { UserLink } from './audience-row'
import { ComputationRow } from './computation-row'

export function ComputedTraitRow({ trait }: { trait: ComputedTrait }): ReactNode {
  const { id, kind, event, property, values, size, pending } = trait
  const { mutate, error } = useChange('DELETE /api/engage/computed-traits/:id')
  return (
    <ComputationRow
      computation={trait}
      definition={
        <>
          {kind === 'last value' && (
            <>
              Last value of <bdi>{property}</bdi> in{' '}
            </>
          )}
          {kind === 'count' && 'Count of '}
          <bdi>{event}</bdi>
        </>
      }
      state={`${formatCount(size, 'User')}. The next sync sends ${formatCount(pending, 'call')}.`}
      users={{
        title: 'Values',
        items: values.map(({ user, value }) => (
          <li key={user}>
            <UserLink user={user} />: <JsonValue value={value} />
          </li>
        ))
      }}
      remove={{ mutate: () => mutate({ params: { id } }), error }}
    />
  )
}
