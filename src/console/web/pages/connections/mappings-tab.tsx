import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Mapping, Mappings, NewMapping } from '../../../server/api'
import { useQueryText } from '../../data/address'
import { useDraft } from '../../data/drafts'
import { useApi, useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { BareToggle } from '../../ui/choices'
import { Item, ItemActions, ItemDetail, ItemText } from '../../ui/details'
import { ConfirmDialog, Dialog } from '../../ui/dialog'
import { Icon } from '../../ui/icons'
import { Card } from '../../ui/page'
import { Banner, Empty, Loaded } from '../../ui/state'
import { useToast } from '../../ui/toasts'
import { isUnsaved, mappingAddress, MappingEditor } from './mapping-editor'
import styles from './mappings.module.css'

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
  const isEdited = isUnsaved(useDraft(mappingAddress(destinationId, id)), mapping)
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
          {isEdited && ' · edited, not saved yet'}
        </ItemDetail>
      </ItemText>
      <ItemActions name={name} onEdit={onEdit} onDelete={() => setIsAsking(true)} />
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

interface AddMappingProps {
  destinationId: string
  mappings: Mappings
  onAdded(id: string): void
}

function AddMapping({ destinationId, mappings: { presets, actions }, onAdded }: AddMappingProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false)
  const add = useChange('POST /api/destinations/:id/mappings')
  const choose = (body: NewMapping) =>
    add.mutate({ params: { id: destinationId }, body }, { onSuccess: ({ id }) => onAdded(id) })

  return (
    <>
      <Button look="primary" onClick={() => setIsOpen(true)}>
        <Icon name="plus" />
        New Mapping
      </Button>
      {isOpen && (
        <Dialog
          title="New Mapping"
          description="Choose a preset, or an action to start from."
          onClose={() => setIsOpen(false)}
        >
          {add.error && <Banner kind="bad">{add.error.message}</Banner>}
          <section>
            <h3>Presets</h3>
            <ul className={styles.choices}>
              {presets.map(({ id, name, action, trigger, eventSlug }) => (
                <li key={id}>
                  <button type="button" className={styles.choice} onClick={() => choose({ preset: id })}>
                    <span className={styles.choiceName}>{name}</span>
                    <span className={styles.choiceDetail}>
                      {eventSlug === undefined ? (
                        <code>{trigger}</code>
                      ) : (
                        <>
                          Engage’s <code>{eventSlug}</code>, as {action}
                        </>
                      )}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
          <section>
            <h3>Actions</h3>
            <ul className={styles.choices}>
              {actions.map(({ key, title, description }) => (
                <li key={key}>
                  <button type="button" className={styles.choice} onClick={() => choose({ action: key })}>
                    <span className={styles.choiceName}>{title}</span>
                    <span className={styles.choiceDetail}>{description}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        </Dialog>
      )}
    </>
  )
}
