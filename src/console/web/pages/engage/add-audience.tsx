import { useState } from 'react'
import type { ReactNode } from 'react'
import { useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Icon } from '../../ui/icons'
import { Banner } from '../../ui/state'
import { DestinationChoices, useDestinationChoice } from './destination-choices'

export function AddAudience(): ReactNode {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <Icon name="plus" />
        New audience
      </Button>
      {isOpen && <AudienceDialog onClose={() => setIsOpen(false)} />}
    </>
  )
}

function AudienceDialog({ onClose }: { onClose(): void }): ReactNode {
  const [name, setName] = useState('')
  const [event, setEvent] = useState('')
  const [atLeast, setAtLeast] = useState('1')
  const [withinDays, setWithinDays] = useState('30')
  const destinations = useDestinationChoice()
  const add = useChange('POST /api/engage/audiences')

  function submit(): void {
    const body = {
      name: name.trim(),
      event: event.trim(),
      atLeast: Number(atLeast),
      withinDays: Number(withinDays),
      destinationIds: destinations.chosen
    }
    add.mutate({ body }, { onSuccess: onClose })
  }

  return (
    <Dialog title="New audience" description="Users who performed an event often enough, lately." onClose={onClose}>
      <Form onSubmit={submit}>
        <TextField
          label="Audience name"
          description={
            name.trim() === '' ? 'Its snake_cased form is the name of the property.' : `Property: ${snakeCased(name)}`
          }
          value={name}
          maxLength={100}
          problem={add.error?.problemOf('name')}
          onChange={({ target }) => setName(target.value)}
        />
        <TextField
          label="Event"
          description="Such as Order Completed."
          value={event}
          problem={add.error?.problemOf('event')}
          onChange={({ target }) => setEvent(target.value)}
        />
        <TextField
          label="At least this many times"
          type="number"
          min={1}
          value={atLeast}
          problem={add.error?.problemOf('atLeast')}
          onChange={({ target }) => setAtLeast(target.value)}
        />
        <TextField
          label="In the last days"
          type="number"
          min={1}
          value={withinDays}
          problem={add.error?.problemOf('withinDays')}
          onChange={({ target }) => setWithinDays(target.value)}
        />
        <DestinationChoices {...destinations} />
        {add.error && <Banner kind="bad">{add.error.message}</Banner>}
        <FormActions>
          <Button type="submit" look="primary" disabled={name.trim() === '' || event.trim() === '' || add.isPending}>
            Create audience
          </Button>
        </FormActions>
      </Form>
    </Dialog>
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
