import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useQueryText } from '../../data/address'
import { useApi, useGuideStep } from '../../data/use-api'
import { ButtonLink } from '../../ui/button'
import { SearchField } from '../../ui/field'
import { Page, PageTabs } from '../../ui/page'
import { Empty, Loaded } from '../../ui/state'
import styles from './catalog-page.module.css'

const SOURCES = '/connections/catalog'
const DESTINATIONS = '/connections/catalog/destinations'

export function CatalogPage(): ReactNode {
  return (
    <Page title="Catalog" crumbs={[{ label: 'Connections', to: '/connections' }]}>
      <PageTabs
        label="Catalog"
        tabs={[
          { label: 'Sources', to: SOURCES, content: <Sources /> },
          { label: 'Destinations', to: DESTINATIONS, content: <Destinations /> }
        ]}
      />
    </Page>
  )
}

function Sources(): ReactNode {
  return (
    <Empty
      title="Every client of Segment is a source here"
      actions={<ButtonLink to="/connections/sources">Sources</ButtonLink>}
    >
      Add a source and point a client at it. For Astrolabe, click the <strong>Destinations</strong> tab.
    </Empty>
  )
}

function Destinations(): ReactNode {
  const [search, deferred, setSearch] = useQueryText('search')
  const catalog = useApi('GET /api/catalog', { query: { search: deferred } })
  const report = useGuideStep()
  useEffect(() => report('open-catalog'), [report])
  return (
    <div className={styles.catalog}>
      <SearchField label="Search destinations" value={search} onSearch={setSearch} />
      <Loaded query={catalog}>
        {(entries) =>
          entries.length === 0 ? (
            <Empty title={`No destination matches “${search}”`}>
              This stand-in has one destination. Search for <strong>Astrolabe</strong>.
            </Empty>
          ) : (
            <ul className={styles.entries}>
              {entries.map(({ slug, name, description, status }) => (
                <li key={slug} className={styles.entry}>
                  <img src="/favicon.svg" alt="" width={32} height={32} />
                  <div>
                    <Link
                      href={`${DESTINATIONS}/${encodeURIComponent(slug)}`}
                      className={styles.name}
                      onClick={() => report('select-astrolabe')}
                    >
                      {name}
                    </Link>{' '}
                    <span className={styles.status}>{status}</span>
                    <p className={styles.description}>{description}</p>
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
