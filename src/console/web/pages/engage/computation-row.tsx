import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Instant } from '../../../server/api'
import { Button } from '../../ui/button'
import { Item, ItemDetail, ItemText, Time } from '../../ui/details'
import { ConfirmDialog } from '../../ui/dialog'
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
  /** Deletes it. */
  remove: { mutate(): void; error: Error | null }
}

/** What the rows of audiences and of computed traits have in common. */
export function ComputationRow({ computation, definition, state, users, remove }: ComputationRowProps): ReactNode {
  const { name, key, lastSyncAt } = computation
  const [isAsking, setIsAsking] = useState(false)
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
      <Button look="danger" aria-label={`Delete ${name}`} onClick={() => setIsAsking(true)}>
        Delete
      </Button>
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
