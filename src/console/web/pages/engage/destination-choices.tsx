import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Destination } from '../../../server/api'
import { useApi } from '../../data/use-api'
import { CheckCards } from '../../ui/choices'
import { Note } from '../../ui/page'

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
    <CheckCards
      legend="Send to"
      choices={destinations.map(({ id, name }) => ({ value: id, title: name }))}
      chosen={chosen}
      onChoose={onChoose}
      empty={<Note>There is no destination yet. Add Astrolabe from the Catalog first.</Note>}
    />
  )
}
