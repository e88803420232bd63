import type { ReactNode } from 'react'
import type { JsonObject } from '../../../server/api'
import { JsonValue } from '../../ui/code'
import { Table } from '../../ui/details'
import { Card } from '../../ui/page'
import { Empty } from '../../ui/state'

/** Traits with their values, `null` included. */
export function Traits({ values }: { values: JsonObject }): ReactNode {
  const rows = Object.entries(values)
  return (
    <Card title="Traits" isFlush>
      {rows.length === 0 ? (
        <Empty title="No traits">Traits of identify and group calls appear here.</Empty>
      ) : (
        <Table
          label="Traits"
          columns={['Trait', 'Value']}
          rows={rows}
          keyOf={([name]) => name}
          cellsOf={([name, value]) => [<bdi key="name">{name}</bdi>, <JsonValue key="value" value={value} />]}
        />
      )}
    </Card>
  )
}
