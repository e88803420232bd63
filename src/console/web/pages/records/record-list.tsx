import type { ReactNode } from 'react'
import { useQueryText } from '../../data/address'
import { SearchField } from '../../ui/field'
import { Toolbar } from '../../ui/form'
import { LiveList } from '../../ui/live-list'
import type { LiveListProps } from '../../ui/live-list'
import { Card } from '../../ui/page'
import { Empty } from '../../ui/state'

/** What Users, Accounts and Events have in common: a search and a live list. */
export function RecordList<Item>({ noun, empty, ...list }: Omit<LiveListProps<Item>, 'label'>): ReactNode {
  const [search, , setSearch] = useQueryText('search')
  return (
    <Card isFlush>
      <Toolbar>
        <SearchField label={`Search ${noun}`} value={search} onSearch={setSearch} />
      </Toolbar>
      <LiveList
        {...list}
        label={noun}
        noun={noun}
        empty={
          search === '' ? (
            empty
          ) : (
            <Empty title={`No ${noun} match “${search}”`}>Try another text, or clear the search.</Empty>
          )
        }
      />
    </Card>
  )
}
