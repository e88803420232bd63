import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ComputedTrait, ComputedTraitSettings } from '../../../server/api'
import { formatCount } from '../../data/format'
import { useChange } from '../../data/use-api'
import { ChoiceCards } from '../../ui/choices'
import { JsonValue } from '../../ui/code'
import { TextField } from '../../ui/field'
import { AddComputation, ComputationDialog, ComputationRow, UserLink } from './computation'

export function AddComputedTrait(): ReactNode {
  return <AddComputation noun="computed trait">{(close) => <ComputedTraitDialog onClose={close} />}</AddComputation>
}

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

function ComputedTraitDialog({ onClose }: { onClose(): void }): ReactNode {
  const [kind, setKind] = useState<ComputedTraitSettings['kind']>('count')
  const [property, setProperty] = useState('')
  const adding = useChange('POST /api/engage/computed-traits')
  const value = kind === 'count' ? { kind } : { kind, property: property.trim() }
  return (
    <ComputationDialog
      noun="computed trait"
      description="A value for each User, from the User’s events."
      nameLabel="Trait name"
      isComplete={value.property !== ''}
      onSubmit={(basics) => adding.mutate({ body: { ...basics, ...value } }, { onSuccess: onClose })}
      saving={adding}
      onClose={onClose}
    >
      <ChoiceCards legend="Value" value={kind} onChoose={(chosen) => setKind(chosen)} choices={KINDS} />
      {kind === 'last value' && (
        <TextField
          label="Property"
          description="Such as plan."
          value={property}
          problem={adding.error?.problemOf('property')}
          onChange={({ target }) => setProperty(target.value)}
        />
      )}
    </ComputationDialog>
  )
}

const KINDS: { value: ComputedTraitSettings['kind']; title: string; description: string }[] = [
  { value: 'count', title: 'Count of an event', description: 'How often the User performed it.' },
  { value: 'last value', title: 'Last value of a property', description: 'From the newest event that has it.' }
]
