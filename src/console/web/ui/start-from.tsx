import type { ReactNode } from 'react'
import type { JsonObject } from '../../server/api'
import { call } from '../../client/call'
import { useApi } from '../data/use-api'
import styles from './field.module.css'

/** The seed's examples, Engage's and others, and the latest real events. */
export function StartFrom({ onChoose }: { onChoose(event: JsonObject): void }): ReactNode {
  const { data: groups = [] } = useApi('GET /api/examples', {})
  const { data: recent } = useApi('GET /api/messages', { query: { limit: 10 } })

  async function choose(value: string): Promise<void> {
    const [kind, group, index] = value.split('/')
    if (kind === 'example') {
      const example = groups[Number(group)]?.examples[Number(index)]
      if (example) {
        onChoose(example.event)
      }
    } else if (group) {
      const { event } = await call('GET /api/messages/:id', { params: { id: group } })
      onChoose(event)
    }
  }

  return (
    <select
      aria-label="Start from"
      className={`${styles.input} ${styles.select} ${styles.startFrom}`}
      value=""
      onChange={({ target }) => void choose(target.value)}
    >
      <option value="" disabled>
        Start from …
      </option>
      {groups.map(({ title, examples }, group) => (
        <optgroup key={title} label={title}>
          {examples.map((example, index) => (
            <option key={example.title} value={`example/${group}/${index}`}>
              {example.title}
            </option>
          ))}
        </optgroup>
      ))}
      {recent && recent.items.length > 0 && (
        <optgroup label="Recent events">
          {recent.items.map(({ id, type, title }) => (
            <option key={id} value={`recent/${id}`}>{`${type}: ${title}`}</option>
          ))}
        </optgroup>
      )}
    </select>
  )
}
