import { useId } from 'react'
import type { ReactNode } from 'react'
import { Note } from '../../ui/page'
import styles from './connector-types.module.css'

/** Astrolabe has more connectors than Segment's. This stand-in has only this one. */
export function ConnectorTypes({ onChoose }: { onChoose(): void }): ReactNode {
  const id = useId()
  return (
    <>
      <div className={styles.types}>
        <button
          type="button"
          className={styles.type}
          aria-labelledby={id}
          aria-describedby={`${id}-description`}
          onClick={onChoose}
        >
          <span id={id} className={styles.name}>
            Segment.com Connector
          </span>
          <span id={`${id}-description`} className={styles.description}>
            Receives Users, Accounts and events from the Astrolabe destination in Segment.
          </span>
        </button>
      </div>
      <Note>Astrolabe itself has more connectors. This local stand-in has the one for Segment.</Note>
    </>
  )
}
