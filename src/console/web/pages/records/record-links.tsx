import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { RecordLink } from '../../../server/api'

interface RecordLinksProps {
  page: '/users' | '/accounts'
  links: RecordLink[]
}

export function RecordLinks({ page, links }: RecordLinksProps): ReactNode {
  return (
    <ul style={{ display: 'flex', flexWrap: 'wrap', gap: '2px 14px' }}>
      {links.map(({ key, label }) => (
        <li key={label}>
          {key === undefined ? (
            <bdi>{label}</bdi>
          ) : (
            <Link href={`${page}/${encodeURIComponent(key)}`}>
              <bdi>{label}</bdi>
            </Link>
          )}
        </li>
      ))}
    </ul>
  )
}
