import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { usePathValue, useQueryText } from '../../data/address'
import { useApi } from '../../data/use-api'
import { Badge } from '../../ui/badge'
import { ButtonLink } from '../../ui/button'
import { Details, Table } from '../../ui/details'
import { SearchField } from '../../ui/field'
import { Card, MissingRecord, Page, PageTabs } from '../../ui/page'
import { Empty, Loaded } from '../../ui/state'
import styles from './connections.module.css'

const SOURCES = '/connections/catalog'
const DESTINATIONS = '/connections/catalog/destinations'

export function CatalogPage(): ReactNode {
  return (
    <Page title="Catalog" crumbs={[{ label: 'Connections', to: '/connections' }]}>
      <PageTabs
        label="Catalog"
        tabs={[
          { label: 'Sources', to: SOURCES, content: <Sources /> },
          { label: 'Destinations', to: DESTINATIONS, content: <Destinations />, guide: 'open-catalog' }
        ]}
      />
    </Page>
  )
}

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
              <ButtonLink
                to={`/connections/catalog/destinations/${encodeURIComponent(slug)}/add`}
                look="primary"
                guide="add-destination"
              >
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

function Sources(): ReactNode {
  return (
    <Card>
      <Empty
        title="Every client of Segment is a source here"
        actions={<ButtonLink to="/connections/sources">Sources</ButtonLink>}
      >
        Add a source and point a client at it. For Astrolabe, click the <strong>Destinations</strong> tab.
      </Empty>
    </Card>
  )
}

function Destinations(): ReactNode {
  const [search, deferred, setSearch] = useQueryText('search')
  const catalog = useApi('GET /api/catalog', { query: { search: deferred } })
  return (
    <div className={styles.catalog}>
      <SearchField label="Search destinations" value={search} onSearch={setSearch} />
      <Loaded query={catalog}>
        {(entries) =>
          entries.length === 0 ? (
            <Card>
              <Empty title={`No destination matches “${search}”`}>
                This stand-in has one destination. Search for <strong>Astrolabe</strong>.
              </Empty>
            </Card>
          ) : (
            <ul className={styles.entries}>
              {entries.map(({ slug, name, description, status }) => (
                <li key={slug} className={styles.entry}>
                  <img src="/favicon.svg" alt="" width={32} height={32} />
                  <div>
                    <Link
                      href={`${DESTINATIONS}/${encodeURIComponent(slug)}`}
                      className={styles.entryName}
                      data-guide="select-astrolabe"
                    >
                      {name}
                    </Link>{' '}
                    <span className={styles.entryStatus}>{status}</span>
                    <p className={styles.entryDescription}>{description}</p>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  )
}

const METHODS = new Intl.ListFormat('en')

const CRUMBS = [
  { label: 'Catalog', to: '/connections/catalog' },
  { label: 'Destinations', to: '/connections/catalog/destinations' }
] as const
