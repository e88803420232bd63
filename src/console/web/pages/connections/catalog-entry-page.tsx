import type { ReactNode } from 'react'
import { usePathValue } from '../../data/address'
import { useApi } from '../../data/use-api'
import { Badge } from '../../ui/badge'
import { ButtonLink } from '../../ui/button'
import { Details, Table } from '../../ui/details'
import { Card, MissingRecord, Page } from '../../ui/page'
import { Loaded } from '../../ui/state'

export function CatalogEntryPage(): ReactNode {
  const slug = usePathValue(3)
  const catalog = useApi('GET /api/catalog', {})
  return (
    <Loaded query={catalog}>
      {(entries) => {
        const entry = entries.find((candidate) => candidate.slug === slug)
        return entry === undefined ? (
          <MissingRecord noun="destination" list={CRUMBS[1]} />
        ) : (
          <Page
            title={entry.name}
            aside={<Badge>{entry.status}</Badge>}
            crumbs={[...CRUMBS]}
            lead={entry.description}
            actions={
              <ButtonLink to={`/connections/catalog/destinations/${encodeURIComponent(slug)}/add`} look="primary">
                Add destination
              </ButtonLink>
            }
          >
            <Card title="Destination info">
              <Details
                rows={[
                  ['Accepts', `${METHODS.format(entry.methods)} calls`],
                  ['Integrations object', <code key="name">{entry.name}</code>],
                  ['Support', entry.support],
                  ['ID', <code key="id">{entry.id}</code>]
                ]}
              />
            </Card>
            <Card title="Settings" isFlush>
              <Table
                label="Settings"
                columns={['Field', 'Description', 'Required', 'Type']}
                rows={entry.settings}
                keyOf={({ key }) => key}
                cellsOf={({ label, description, required, type }) => [
                  label,
                  description,
                  required ? 'Yes' : 'No',
                  // Segment's page on Astrolabe does not tell the types of text apart.
                  type === 'password' ? 'string' : type
                ]}
              />
            </Card>
          </Page>
        )
      }}
    </Loaded>
  )
}

const METHODS = new Intl.ListFormat('en')

const CRUMBS = [
  { label: 'Catalog', to: '/connections/catalog' },
  { label: 'Destinations', to: '/connections/catalog/destinations' }
] as const
