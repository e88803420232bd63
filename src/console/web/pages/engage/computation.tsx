import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { keyOf } from '../../../../engage/computation'
import type { Instant } from '../../../server/api'
import type { ApiError } from '../../../client/call'
import { useApi } from '../../data/use-api'
import { Button } from '../../ui/button'
import { CheckCards } from '../../ui/choices'
import { Item, ItemActions, ItemDetail, ItemText, Time } from '../../ui/details'
import { ConfirmDialog, Dialog } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Icon } from '../../ui/icons'
import { Note } from '../../ui/page'
import { Banner } from '../../ui/state'
import { Fold } from '../../ui/steps'

interface ComputationRowProps {
  computation: { name: string; key: string; lastSyncAt?: Instant }
  /** What it computes. */
  definition: ReactNode
  /** How many Users it has, and what the next sync would send. */
  state: string
  /** The first of its Users, one list item each. */
  users: { title: string; items: ReactNode[] }
  /** The dialog that edits it, if it can be edited. */
  editor?(close: () => void): ReactNode
  /** Deletes it. */
  remove: { mutate(): void; error: Error | null }
}

/** What the rows of audiences and of computed traits have in common. */
export function ComputationRow(props: ComputationRowProps): ReactNode {
  const { computation, definition, state, users, editor, remove } = props
  const { name, key, lastSyncAt } = computation
  const [isAsking, setIsAsking] = useState(false)
  const [isEditing, setIsEditing] = useState(false)
  return (
    <Item>
      <ItemText name={name}>
        <ItemDetail>
          {definition}, as the trait <code>{key}</code>
        </ItemDetail>
        <ItemDetail>
          {state} Last sync: {lastSyncAt ? <Time at={lastSyncAt} /> : 'never'}.
        </ItemDetail>
        {users.items.length > 0 && (
          <Fold title={users.title}>
            <ul>{users.items}</ul>
          </Fold>
        )}
      </ItemText>
      <ItemActions name={name} onEdit={editor && (() => setIsEditing(true))} onDelete={() => setIsAsking(true)} />
      {isEditing && editor?.(() => setIsEditing(false))}
      {remove.error && <Banner kind="bad">{remove.error.message}</Banner>}
      {isAsking && (
        <ConfirmDialog
          title={`Delete “${name}”?`}
          description="No further sync sends it. Users keep the trait as it is."
          action="Delete"
          onConfirm={() => remove.mutate()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Item>
  )
}

/** Engage knows the ID of a User, not the key of its page. */
export function UserLink({ user }: { user: string }): ReactNode {
  return (
    <Link href={`/users?search=${encodeURIComponent(user)}`}>
      <bdi>{user}</bdi>
    </Link>
  )
}

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
  /** The one that is edited: its trait keeps its key. Absent for a new one. */
  edited?: Basics & { key: string }
  noun: AddComputationProps['noun']
  description: string
  nameLabel: string
  /** Whether the other fields are filled in. */
  isComplete: boolean
  saving: { error: ApiError | null; isPending: boolean }
  onSubmit(basics: Basics): void
  onClose(): void
  /** The other fields. */
  children: ReactNode
}

export function ComputationDialog(props: ComputationDialogProps): ReactNode {
  const { noun, description, nameLabel, isComplete, edited, saving, onSubmit, onClose, children } = props
  const [name, setName] = useState(edited?.name ?? '')
  const [event, setEvent] = useState(edited?.event ?? '')
  const engage = useApi('GET /api/engage', {})
  const eventNames = useId()
  const { data: destinations = [] } = useApi('GET /api/destinations', {})
  // All destinations, until somebody chooses others.
  const [destinationIds = destinations.map(({ id }) => id), setDestinationIds] = useState(edited?.destinationIds)
  const key = edited?.key ?? keyOf(name)
  const basics = { name: name.trim(), event: event.trim(), destinationIds }
  const canSubmit = isComplete && basics.name !== '' && basics.event !== '' && !saving.isPending
  return (
    <Dialog title={edited ? `Edit ${noun}` : `New ${noun}`} description={description} onClose={onClose}>
      <Form onSubmit={() => canSubmit && onSubmit(basics)}>
        <TextField
          label={nameLabel}
          description={key === '' ? 'Its snake_cased form names the trait.' : `Trait: ${key}`}
          value={name}
          maxLength={100}
          problem={saving.error?.problemOf('name')}
          onChange={({ target }) => setName(target.value)}
        />
        <TextField
          label="Event"
          description="Such as Order Completed."
          list={eventNames}
          value={event}
          problem={saving.error?.problemOf('event')}
          onChange={({ target }) => setEvent(target.value)}
        />
        <datalist id={eventNames}>
          {engage.data?.eventNames.map((eventName) => (
            <option key={eventName} value={eventName} />
          ))}
        </datalist>
        {children}
        <CheckCards
          legend="Send to"
          choices={destinations.map(({ id, name: title }) => ({ value: id, title }))}
          chosen={destinationIds}
          onChoose={setDestinationIds}
          empty={<Note>There is no destination yet. Add Astrolabe from the Catalog first.</Note>}
        />
        {saving.error && <Banner kind="bad">{saving.error.message}</Banner>}
        <FormActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={!canSubmit}>
            {edited ? 'Save' : 'Create'} {noun}
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
