import { useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { useApi, useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Icon } from '../../ui/icons'
import { Card, Page } from '../../ui/page'
import { Banner, Loaded } from '../../ui/state'
import { SourceTable } from './source-table'

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
