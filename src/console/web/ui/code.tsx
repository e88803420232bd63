import type { ReactNode } from 'react'
import type { Json } from '../../server/api'
import styles from './code.module.css'

/** Text in the way that programmers write it. */
export function Code({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div className={styles.frame}>
      <pre className={styles.code} tabIndex={0} role="region" aria-label={label}>
        <code>{children}</code>
      </pre>
    </div>
  )
}

/** JSON with colours. Each token is text to React, so that client data never becomes markup. */
export function JsonCode({ label, value }: { label: string; value: Json }): ReactNode {
  return <Code label={label}>{colored(JSON.stringify(value, undefined, 2))}</Code>
}

/** One value in a line, such as a trait. */
export function JsonValue({ value }: { value: Json }): ReactNode {
  const text = JSON.stringify(value)
  return (
    <code style={{ overflowWrap: 'anywhere' }} dir="auto">
      {colored(text.length > MAX_INLINE ? `${text.slice(0, MAX_INLINE)}…` : text)}
    </code>
  )
}

const MAX_INLINE = 2_000
const MAX_COLORED = 50_000
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g

function colored(text: string): ReactNode {
  if (text.length > MAX_COLORED) {
    return text
  }
  const parts: ReactNode[] = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    const [token, string, colon, atom] = match
    const className = string ? (colon ? styles.key : styles.string) : atom ? styles.atom : styles.number
    parts.push(
      text.slice(end, match.index),
      <span key={match.index} className={className}>
        {string ?? token}
      </span>,
      colon
    )
    end = match.index + token.length
  }
  return [...parts, text.slice(end)]
}
