import type { ReactNode } from 'react'
import { Banner } from '../../ui/state'

/** Sentences on mistakes that are common in events. */
export function Hints({ hints }: { hints: string[] }): ReactNode {
  return (
    hints.length > 0 && (
      <Banner kind="warn">
        <ul aria-label="Hints">
          {hints.map((hint) => (
            <li key={hint} dir="auto">
              {hint}
            </li>
          ))}
        </ul>
      </Banner>
    )
  )
}
