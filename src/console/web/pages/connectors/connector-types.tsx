import type { ReactNode } from 'react'
import { Note } from '../../ui/page'
import styles from './connector-types.module.css'

/** Astrolabe has more connectors than Segment's. This stand-in has only this one. */
export function ConnectorTypes({ onChoose }: { onChoose(): void }): ReactNode {
  return (
    <>
      <div className={styles.types}>
        <div className={styles.type}>
          <button type="button" className={styles.name} onClick={onChoose}>
            Segment.com Connector
          </button>
          <p className={styles.description}>
            Receives Users, Accounts and events from the Astrolabe destination in Segment.
          </p>
        </div>
      </div>
      <Note>Astrolabe itself has more connectors. This local stand-in has the one for Segment.</Note>
    </>
  )
}
