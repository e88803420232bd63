import { useState } from 'react'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Source } from '../../../server/api'
import { formatNumber } from '../../data/format'
import { useApi, useChange } from '../../data/use-api'
import { Button, ButtonLink } from '../../ui/button'
import { Table, Time } from '../../ui/details'
import { Dialog } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Icon } from '../../ui/icons'
import { Card, Page } from '../../ui/page'
import { Banner, Empty, Loaded } from '../../ui/state'

export function SourcesPage(): ReactNode {
  const sources = useApi('GET /api/sources', {})
  const [isAdding, setIsAdding] = useState(false)
  return (
    <Page
      title="Sources"
      crumbs={[{ label: 'Connections', to: '/connections' }]}
      lead="A source has a write key. Any of Segment's clients can send to it."
      actions={
        <Button look="primary" onClick={() => setIsAdding(true)}>
          <Icon name="plus" />
          Add source
        </Button>
      }
    >
      <Card isFlush>
        <Loaded query={sources}>{(rows) => <SourceTable sources={rows} />}</Loaded>
      </Card>
      {isAdding && <AddSourceDialog onClose={() => setIsAdding(false)} />}
    </Page>
  )
}

function AddSourceDialog({ onClose }: { onClose(): void }): ReactNode {
  const [name, setName] = useState('')
  const [, navigate] = useLocation()
  const add = useChange('POST /api/sources')
  return (
    <Dialog title="Add source" onClose={onClose}>
      <Form
        onSubmit={() =>
          add.mutate(
            { body: { name: name.trim() } },
            { onSuccess: ({ id }) => navigate(`/connections/sources/${encodeURIComponent(id)}`) }
          )
        }
      >
        <TextField
          label="Source name"
          description="Such as the website, app or server that sends the events."
          value={name}
          maxLength={100}
          onChange={({ target }) => setName(target.value)}
        />
        {add.error && <Banner kind="bad">{add.error.message}</Banner>}
        <FormActions>
          <Button type="submit" look="primary" disabled={name.trim() === '' || add.isPending}>
            Add source
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}

export function SourceTable({ sources }: { sources: Source[] }): ReactNode {
  if (sources.length === 0) {
    return (
      <Empty title="No sources yet" actions={<ButtonLink to="/connections/sources">Sources</ButtonLink>}>
        Add a source to get a write key for your clients.
      </Empty>
    )
  }
  return (
    <Table
      label="Sources"
      columns={['Name', 'Received', 'Dropped', 'Last event', 'Destinations']}
      rows={sources}
      keyOf={({ id }) => id}
      cellsOf={({ id, name, received, dropped, lastReceivedAt, destinationIds }) => [
        <Link key="name" href={`/connections/sources/${encodeURIComponent(id)}`}>
          <bdi>{name}</bdi>
        </Link>,
        formatNumber(received),
        formatNumber(dropped),
        lastReceivedAt === undefined ? 'None yet' : <Time key="last" at={lastReceivedAt} />,
        destinationIds.length
      ]}
    />
  )
}
