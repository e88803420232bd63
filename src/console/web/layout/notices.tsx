import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useConnection } from '../data/live'
import { useApi } from '../data/use-api'
import { Banner } from '../ui/state'
import styles from './notices.module.css'

/** What is true of every page at the moment. */
export function Notices(): ReactNode {
  const connection = useConnection()
  const { data: faults } = useApi('GET /api/faults', {})
  const [location] = useLocation()
  // The page of the faults shows them itself, and stays in place while they are switched.
  const isFaulty = faults !== undefined && faults.active.length > 0 && location !== '/faults'
  return (
    <div className={styles.notices}>
      {connection === 'lost' && (
        <Banner kind="bad">
          The console does not respond. This page connects again as soon as it is back. Start it with{' '}
          <code>astrolabe-segment console</code>.
        </Banner>
      )}
      {isFaulty && (
        <Banner kind="warn" action={<Link href="/faults">Switch faults off</Link>}>
          <strong>Faults are on.</strong> Astrolabe fails on purpose: <code>{faults.active.join(' ')}</code>
        </Banner>
      )}
    </div>
  )
}
