import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Filter } from '../../../server/api'
import { useApi, useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { BareToggle } from '../../ui/choices'
import { Item, ItemActions, ItemDetail, ItemText } from '../../ui/details'
import { ConfirmDialog } from '../../ui/dialog'
import { Icon } from '../../ui/icons'
import { Card } from '../../ui/page'
import { Banner, Empty, Loaded } from '../../ui/state'
import { useToast } from '../../ui/toasts'
import { FilterDialog, namesOf, toPercent } from './filter-dialog'

/** The filters of a destination: which events it does not get, or without which fields. */
export function FiltersTab({ destinationId }: { destinationId: string }): ReactNode {
  const filters = useApi('GET /api/destinations/:id/filters', { params: { id: destinationId } })
  const [isAdding, setIsAdding] = useState(false)
  return (
    <Card
      title="Filters"
      aside={
        <Button look="primary" onClick={() => setIsAdding(true)}>
          <Icon name="plus" />
          New Filter
        </Button>
      }
      isFlush
    >
      <Loaded query={filters}>
        {(value) =>
          value.length === 0 ? (
            <Empty title="No filters">
              Every event reaches the mappings as it is. A filter drops events, keeps a share of them, or removes fields
              such as personal data. Click <strong>New Filter</strong>.
            </Empty>
          ) : (
            <ul>
              {value.map((filter) => (
                <FilterRow key={filter.id} destinationId={destinationId} filter={filter} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {isAdding && <FilterDialog destinationId={destinationId} onClose={() => setIsAdding(false)} />}
    </Card>
  )
}

function FilterRow({ destinationId, filter }: { destinationId: string; filter: Filter }): ReactNode {
  const { id, title, condition, isEnabled, warnings } = filter
  const params = { id: destinationId, filter: id }
  const [isOpen, setIsOpen] = useState<'edit' | 'delete'>()
  const change = useChange('PATCH /api/destinations/:id/filters/:filter')
  const remove = useChange('DELETE /api/destinations/:id/filters/:filter')
  const toast = useToast()
  const error = change.error ?? remove.error
  return (
    <Item>
      <BareToggle
        label={`Enable ${title}`}
        isOn={isEnabled}
        onToggle={(isOn) => change.mutate({ params, body: { isEnabled: isOn } })}
      />
      <ItemText name={title}>
        <ItemDetail>
          <bdi>{describe(filter)}</bdi> when <code>{condition}</code>
        </ItemDetail>
        {warnings.map((warning) => (
          <ItemDetail key={warning}>{warning}</ItemDetail>
        ))}
      </ItemText>
      <ItemActions name={title} onEdit={() => setIsOpen('edit')} onDelete={() => setIsOpen('delete')} />
      {error && <Banner kind="bad">{error.message}</Banner>}
      {isOpen === 'edit' && (
        <FilterDialog destinationId={destinationId} filter={filter} onClose={() => setIsOpen(undefined)} />
      )}
      {isOpen === 'delete' && (
        <ConfirmDialog
          title={`Delete the filter “${title}”?`}
          description="Events that it drops, and fields that it removes, reach the mappings again."
          action="Delete filter"
          onConfirm={() => remove.mutate({ params }, { onSuccess: () => toast('Filter deleted.') })}
          onClose={() => setIsOpen(undefined)}
        />
      )}
    </Item>
  )
}

function describe({ action: { type, percent = 0, path, fields = {} } }: Filter): string {
  switch (type) {
    case 'DROP':
      return 'Drop the event'
    case 'SAMPLE':
      return `Keep ${toPercent(percent)}% of the events${path ? ` by ${path}` : ''}`
    case 'DROP_PROPERTIES':
      return `Remove ${namesOf(fields).join(', ')}`
    case 'ALLOW_PROPERTIES':
      return `Keep only ${namesOf(fields).join(', ')}`
  }
}
