import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ApiError } from '../../data/client'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Form, FormActions } from '../../ui/form'
import { Icon } from '../../ui/icons'
import { Banner } from '../../ui/state'
import { DestinationChoices } from './destination-choices'
import type { DestinationChoice } from './destination-choices'

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

interface ComputationDialogProps {
  noun: AddComputationProps['noun']
  description: string
  destinations: DestinationChoice
  isComplete: boolean
  adding: { error: ApiError | null; isPending: boolean }
  onSubmit(): void
  onClose(): void
  /** The fields. */
  children: ReactNode
}

/** What the forms of audiences and of computed traits have in common. */
export function ComputationDialog(props: ComputationDialogProps): ReactNode {
  const { noun, description, destinations, isComplete, adding, onSubmit, onClose, children } = props
  return (
    <Dialog title={`New ${noun}`} description={description} onClose={onClose}>
      <Form onSubmit={onSubmit}>
        {children}
        <DestinationChoices {...destinations} />
        {adding.error && <Banner kind="bad">{adding.error.message}</Banner>}
        <FormActions>
          <Button type="submit" look="primary" disabled={!isComplete || adding.isPending}>
            Create {noun}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
