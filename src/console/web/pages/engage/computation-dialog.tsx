import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ApiError } from '../../data/client'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Icon } from '../../ui/icons'
import { Banner } from '../../ui/state'
import { DestinationChoices, useDestinationChoice } from './destination-choices'

interface AddComputationProps {
  noun: 'audience' | 'computed trait'
  /** Its dialog. */
  children(close: () => void): ReactNode
}

/** A button and the dialog that it opens. */
export function AddComputation({ noun, children }: AddComputationProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <Icon name="plus" />
        New {noun}
      </Button>
      {isOpen && children(() => setIsOpen(false))}
    </>
  )
}

/** What an audience and a computed trait have in common. */
interface Basics {
  name: string
  event: string
  destinationIds: string[]
}

interface ComputationDialogProps {
  noun: AddComputationProps['noun']
  description: string
  nameLabel: string
  nameHint?(name: string): string
  /** Whether the other fields are filled in. */
  isComplete: boolean
  adding: { error: ApiError | null; isPending: boolean }
  onSubmit(basics: Basics): void
  onClose(): void
  /** The other fields. */
  children: ReactNode
}

export function ComputationDialog(props: ComputationDialogProps): ReactNode {
  const { noun, description, nameLabel, nameHint, isComplete, adding, onSubmit, onClose, children } = props
  const [name, setName] = useState('')
  const [event, setEvent] = useState('')
  const destinations = useDestinationChoice()
  const basics = { name: name.trim(), event: event.trim(), destinationIds: destinations.chosen }
  const canSubmit = isComplete && basics.name !== '' && basics.event !== '' && !adding.isPending
  return (
    <Dialog title={`New ${noun}`} description={description} onClose={onClose}>
      <Form onSubmit={() => canSubmit && onSubmit(basics)}>
        <TextField
          label={nameLabel}
          description={nameHint?.(basics.name)}
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
        {children}
        <DestinationChoices {...destinations} />
        {adding.error && <Banner kind="bad">{adding.error.message}</Banner>}
        <FormActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!canSubmit}>
            Create {noun}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
