import type { ReactNode } from 'react'
import { useQueryText } from '../../data/use-query-text'
import type { LiveList as List } from '../../data/use-live-list'
import { SearchField } from '../../ui/field'
import { Toolbar } from '../../ui/form'
import { LiveList } from '../../ui/live-list'
import { Card } from '../../ui/page'
import { Empty } from '../../ui/state'

interface RecordListProps<Item> {
  /** "Users", "Accounts" or "Events". */
  noun: string
  list: List<Item>
  columns: string
  narrowColumns: string
  keyOf(item: Item): string
  linkOf(item: Item): string
  cellsOf(item: Item): ReactNode
  empty: ReactNode
}

/** What Users, Accounts and Events have in common: a search and a live list. */
export function RecordList<Item>({ noun, empty, ...list }: RecordListProps<Item>): ReactNode {
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
