import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ComputedTraitSettings } from '../../../server/api'
import { useChange } from '../../data/use-api'
import { ChoiceCards } from '../../ui/choice-cards'
import { TextField } from '../../ui/field'
import { AddComputation, ComputationDialog } from './computation-dialog'
import { useDestinationChoice } from './destination-choices'

export function AddComputedTrait(): ReactNode {
  return <AddComputation noun="computed trait">{(close) => <ComputedTraitDialog onClose={close} />}</AddComputation>
}

function ComputedTraitDialog({ onClose }: { onClose(): void }): ReactNode {
  const [name, setName] = useState('')
  const [kind, setKind] = useState<ComputedTraitSettings['kind']>('count')
  const [event, setEvent] = useState('')
  const [property, setProperty] = useState('')
  const destinations = useDestinationChoice()
  const adding = useChange('POST /api/engage/computed-traits')

  function submit(): void {
    const settings = { name: name.trim(), kind, event: event.trim(), destinationIds: destinations.chosen }
    const body = kind === 'count' ? settings : { ...settings, property: property.trim() }
    adding.mutate({ body }, { onSuccess: onClose })
  }

  return (
    <ComputationDialog
      noun="computed trait"
      description="A value for each User, from the User’s events."
      isComplete={name.trim() !== '' && event.trim() !== '' && (kind === 'count' || property.trim() !== '')}
      onSubmit={submit}
      {...{ destinations, adding, onClose }}
    >
      <TextField
        label="Trait name"
        value={name}
        maxLength={100}
        problem={adding.error?.problemOf('name')}
        onChange={({ target }) => setName(target.value)}
      />
      <ChoiceCards legend="Value" value={kind} onChoose={(chosen) => setKind(chosen)} choices={KINDS} />
      <TextField
        label="Event"
        description="Such as Order Completed."
        value={event}
        problem={adding.error?.problemOf('event')}
        onChange={({ target }) => setEvent(target.value)}
      />
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
