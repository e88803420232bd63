import { useState } from 'react'
import type { ReactNode } from 'react'
import { useChange } from '../../data/use-api'
import { TextField } from '../../ui/field'
import { AddComputation, ComputationDialog } from './computation-dialog'
import { useDestinationChoice } from './destination-choices'

export function AddAudience(): ReactNode {
  return <AddComputation noun="audience">{(close) => <AudienceDialog onClose={close} />}</AddComputation>
}

function AudienceDialog({ onClose }: { onClose(): void }): ReactNode {
  const [name, setName] = useState('')
  const [event, setEvent] = useState('')
  const [atLeast, setAtLeast] = useState('1')
  const [withinDays, setWithinDays] = useState('30')
  const destinations = useDestinationChoice()
  const adding = useChange('POST /api/engage/audiences')

  function submit(): void {
    const body = {
      name: name.trim(),
      event: event.trim(),
      atLeast: Number(atLeast),
      withinDays: Number(withinDays),
      destinationIds: destinations.chosen
    }
    adding.mutate({ body }, { onSuccess: onClose })
  }

  return (
    <ComputationDialog
      noun="audience"
      description="Users who performed an event often enough, lately."
      isComplete={name.trim() !== '' && event.trim() !== ''}
      onSubmit={submit}
      {...{ destinations, adding, onClose }}
    >
      <TextField
        label="Audience name"
        description={name.trim() === '' ? 'Its snake_cased form names the trait.' : `Trait: ${snakeCased(name)}`}
        value={name}
        maxLength={100}
        problem={adding.error?.problemOf('name')}
        onChange={({ target }) => setName(target.value)}
      />
      <TextField
        label="Event"
        description="Such as Order Completed."
        value={event}
        problem={adding.error?.problemOf('event')}
        onChange={({ target }) => setEvent(target.value)}
      />
      <TextField
        label="At least this many times"
        type="number"
        min={1}
        value={atLeast}
        problem={adding.error?.problemOf('atLeast')}
        onChange={({ target }) => setAtLeast(target.value)}
      />
      <TextField
        label="In the last days"
        type="number"
        min={1}
        value={withinDays}
        problem={adding.error?.problemOf('withinDays')}
        onChange={({ target }) => setWithinDays(target.value)}
      />
    </ComputationDialog>
  )
}

/** A hint while typing: the server decides. */
function snakeCased(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
}
