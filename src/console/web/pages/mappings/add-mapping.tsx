import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Mappings, NewMapping } from '../../../server/api'
import { useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Icon } from '../../ui/icons'
import { Banner } from '../../ui/state'
import styles from './mappings.module.css'

interface AddMappingProps {
  destinationId: string
  mappings: Mappings
  onAdded(id: string): void
}

export function AddMapping({ destinationId, mappings: { presets, actions }, onAdded }: AddMappingProps): ReactNode {
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
              {presets.map(({ id, name, trigger }) => (
                <li key={id}>
                  <button type="button" className={styles.choice} onClick={() => choose({ preset: id })}>
                    <span className={styles.choiceName}>{name}</span>
                    <code className={styles.choiceDetail}>{trigger}</code>
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
