import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Destination } from '../../../server/api'
import { useApi } from '../../data/use-api'
import { Note } from '../../ui/page'
import cards from '../../ui/choice-cards.module.css'

export interface DestinationChoice {
  destinations: Destination[]
  chosen: string[]
  onChoose(ids: string[]): void
}

/** All destinations, until somebody chooses others. */
export function useDestinationChoice(): DestinationChoice {
  const { data: destinations = [] } = useApi('GET /api/destinations', {})
  const [chosen, onChoose] = useState<string[]>()
  return { destinations, chosen: chosen ?? destinations.map(({ id }) => id), onChoose }
}

export function DestinationChoices({ destinations, chosen, onChoose }: DestinationChoice): ReactNode {
  return (
    <fieldset>
      <legend className={cards.legend}>Send to</legend>
      <div className={cards.cards}>
        {destinations.length === 0 && <Note>There is no destination yet. Add Astrolabe from the Catalog first.</Note>}
        {destinations.map(({ id, name }) => (
          <label key={id} className={cards.card}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={({ target }) =>
                onChoose(target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
              }
            />
            <bdi className={cards.title}>{name}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
