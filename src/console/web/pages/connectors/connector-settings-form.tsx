import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Connector } from '../../../server/api'
import { useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Card } from '../../ui/page'
import { Banner } from '../../ui/state'
import { useToast } from '../../ui/toasts'
import { FreeEmailChoices } from './free-email-choices'

/** Renames the connector and changes its choice. */
export function ConnectorSettingsForm({ connector }: { connector: Connector }): ReactNode {
  const [name, setName] = useState(connector.name)
  const [choice, setChoice] = useState(connector.freeEmailProviders)
  const save = useChange('PATCH /api/connectors/:id')
  const toast = useToast()
  const isChanged = name.trim() !== connector.name || choice !== connector.freeEmailProviders

  return (
    <Card title="Settings">
      <Form
        onSubmit={() =>
          save.mutate(
            { params: { id: connector.id }, body: { name: name.trim(), freeEmailProviders: choice } },
            { onSuccess: () => toast('Connector saved.') }
          )
        }
      >
        <TextField
          label="Connector name"
          value={name}
          maxLength={100}
          problem={save.error?.problemOf('name')}
          onChange={({ target }) => setName(target.value)}
        />
        <FreeEmailChoices value={choice} onChoose={setChoice} />
        {save.error && <Banner kind="bad">{save.error.message}</Banner>}
        <FormActions>
          <Button type="submit" look="primary" disabled={!isChanged || name.trim() === '' || save.isPending}>
            Save
          </Button>
        </FormActions>
      </Form>
    </Card>
  )
}
