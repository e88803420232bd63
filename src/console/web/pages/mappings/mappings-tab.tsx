import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Mapping, Mappings } from '../../../server/api'
import { useApi, useChange } from '../../data/use-api'
import { useQueryText } from '../../data/address'
import { Button } from '../../ui/button'
import { Item, ItemActions, ItemDetail, ItemText } from '../../ui/details'
import { ConfirmDialog } from '../../ui/dialog'
import { Card } from '../../ui/page'
import { Banner, Empty, Loaded } from '../../ui/state'
import { BareToggle } from '../../ui/toggle'
import { useToast } from '../../ui/toasts'
import { AddMapping } from './add-mapping'
import { MappingEditor } from './mapping-editor'

/** The mappings of a destination: which events trigger which action. */
export function MappingsTab({ destinationId }: { destinationId: string }): ReactNode {
  const mappings = useApi('GET /api/destinations/:id/mappings', { params: { id: destinationId } })
  const [editedId, , setEditedId] = useQueryText('mapping')
  return (
    <Loaded query={mappings}>
      {(value) => {
        const edited = value.mappings.find(({ id }) => id === editedId)
        const action = value.actions.find(({ key }) => key === edited?.action)
        return edited && action ? (
          <MappingEditor
            key={edited.id}
            destinationId={destinationId}
            mapping={edited}
            action={action}
            onClose={() => setEditedId('')}
          />
        ) : (
          <MappingList destinationId={destinationId} value={value} onEdit={setEditedId} />
        )
      }}
    </Loaded>
  )
}

interface MappingListProps {
  destinationId: string
  value: Mappings
  onEdit(id: string): void
}

function MappingList({ destinationId, value, onEdit }: MappingListProps): ReactNode {
  const { mappings, actions } = value
  return (
    <Card
      title="Mappings"
      aside={<AddMapping destinationId={destinationId} mappings={value} onAdded={onEdit} />}
      isFlush
    >
      {mappings.length === 0 ? (
        <Empty title="No mappings">
          Without a mapping no event reaches Astrolabe. Click <strong>New Mapping</strong> and choose a preset or an
          action.
        </Empty>
      ) : (
        <ul>
          {mappings.map((mapping) => (
            <MappingRow
              key={mapping.id}
              destinationId={destinationId}
              mapping={mapping}
              action={actions.find(({ key }) => key === mapping.action)?.title ?? mapping.action}
              onEdit={() => onEdit(mapping.id)}
            />
          ))}
        </ul>
      )}
    </Card>
  )
}

interface MappingRowProps {
  destinationId: string
  mapping: Mapping
  /** The action's title. */
  action: string
  onEdit(): void
}

function MappingRow({ destinationId, mapping, action, onEdit }: MappingRowProps): ReactNode {
  const { id, name, trigger, isEnabled } = mapping
  const params = { id: destinationId, mapping: id }
  const [isAsking, setIsAsking] = useState(false)
  const change = useChange('PATCH /api/destinations/:id/mappings/:mapping')
  const remove = useChange('DELETE /api/destinations/:id/mappings/:mapping')
  const toast = useToast()
  const error = change.error ?? remove.error
  return (
    <Item>
      <BareToggle
        label={`Enable ${name}`}
        isOn={isEnabled}
        onToggle={(isOn) => change.mutate({ params, body: { isEnabled: isOn } })}
      />
      <ItemText name={name}>
        <ItemDetail>
          {action} when <code>{trigger}</code>
        </ItemDetail>
      </ItemText>
      <ItemActions>
        <Button aria-label={`Edit ${name}`} onClick={onEdit}>
          Edit
        </Button>
        <Button look="danger" aria-label={`Delete ${name}`} onClick={() => setIsAsking(true)}>
          Delete
        </Button>
      </ItemActions>
      {error && <Banner kind="bad">{error.message}</Banner>}
      {isAsking && (
        <ConfirmDialog
          title={`Delete the mapping “${name}”?`}
          description="Events that only this mapping matches no longer reach Astrolabe."
          action="Delete mapping"
          onConfirm={() => remove.mutate({ params }, { onSuccess: () => toast('Mapping deleted.') })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Item>
  )
}
