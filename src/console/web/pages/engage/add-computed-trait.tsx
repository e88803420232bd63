import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ComputedTraitSettings } from '../../../server/api'
import { useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { ChoiceCards } from '../../ui/choice-cards'
import { Dialog } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Icon } from '../../ui/icons'
import { Banner } from '../../ui/state'
import { DestinationChoices, useDestinationChoice } from './destination-choices'

export function AddComputedTrait(): ReactNode {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <Icon name="plus" />
        New computed trait
      </Button>
      {isOpen && <ComputedTraitDialog onClose={() => setIsOpen(false)} />}
    </>
  )
}

function ComputedTraitDialog({ onClose }: { onClose(): void }): ReactNode {
  const [name, setName] = useState('')
  const [kind, setKind] = useState<ComputedTraitSettings['kind']>('count')
  const [event, setEvent] = useState('')
  const [property, setProperty] = useState('')
  const destinations = useDestinationChoice()
  const add = useChange('POST /api/engage/computed-traits')
  const isComplete = name.trim() !== '' && event.trim() !== '' && (kind === 'count' || property.trim() !== '')

  function submit(): void {
    const settings = { name: name.trim(), kind, event: event.trim(), destinationIds: destinations.chosen }
    const body = kind === 'count' ? settings : { ...settings, property: property.trim() }
    add.mutate({ body }, { onSuccess: onClose })
  }

  return (
    <Dialog title="New computed trait" description="A value for each User, from the User’s events." onClose={onClose}>
      <Form onSubmit={submit}>
        <TextField
          label="Trait name"
          value={name}
          maxLength={100}
          problem={add.error?.problemOf('name')}
          onChange={({ target }) => setName(target.value)}
        />
        <ChoiceCards legend="Value" value={kind} onChoose={(chosen) => setKind(chosen)} choices={KINDS} />
        <TextField
          label="Event"
          description="Such as Order Completed."
          value={event}
          problem={add.error?.problemOf('event')}
          onChange={({ target }) => setEvent(target.value)}
        />
        {kind === 'last value' && (
          <TextField
            label="Property"
            description="Such as plan."
            value={property}
            problem={add.error?.problemOf('property')}
            onChange={({ target }) => setProperty(target.value)}
          />
        )}
        <DestinationChoices {...destinations} />
        {add.error && <Banner kind="bad">{add.error.message}</Banner>}
        <FormActions>
          <Button type="submit" look="primary" disabled={!isComplete || add.isPending}>
            Create computed trait
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}

const KINDS: { value: ComputedTraitSettings['kind']; title: string; description: string }[] = [
  { value: 'count', title: 'Count of an event', description: 'How often the User performed it.' },
  { value: 'last value', title: 'Last value of a property', description: 'From the newest event that has it.' }
]
