import type { ReactNode } from 'react'
import { useQueryText } from '../data/address'
import { useApi } from '../data/use-api'
import { ButtonLink } from './button'
import { SelectField } from './field'
import { Card } from './page'
import { Empty, Loaded } from './state'

/** A page about one destination: the one in the query, or else the first. */
export function ForDestination({ children }: { children(id: string): ReactNode }): ReactNode {
  const destinations = useApi('GET /api/destinations', {})
  const [chosen, , choose] = useQueryText('destination')
  return (
    <Loaded query={destinations}>
      {(list) => {
        const destination = list.find(({ id }) => id === chosen) ?? list[0]
        if (destination === undefined) {
          return (
            <Card>
              <Empty
                title="No destination yet"
                actions={<ButtonLink to="/connections/catalog/destinations">Catalog</ButtonLink>}
              >
                Add the <strong>Astrolabe</strong> destination from the Catalog first. The guide lists the steps.
              </Empty>
            </Card>
          )
        }
        return (
          <>
            {list.length > 1 && (
              <SelectField
                label="Destination"
                value={destination.id}
                onChoose={choose}
                choices={list.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
            {children(destination.id)}
          </>
        )
      }}
    </Loaded>
  )
}
