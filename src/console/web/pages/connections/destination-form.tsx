import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Destination, SavedDestination, SettingField } from '../../../server/api'
import type { ApiError } from '../../data/client'
import { refresh, useGuideStep } from '../../data/use-api'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Card, Note } from '../../ui/page'
import { Banner } from '../../ui/state'
import { Toggle } from '../../ui/toggle'

interface DestinationFormProps {
  fields: SettingField[]
  /** Absent while it is being added. */
  destination?: Destination
  canSave: boolean
  /** Why it can't be saved yet. */
  hint?: string
  /** Beside the button that saves. */
  apart?: ReactNode
  save(settings: Record<string, string>, isEnabled: boolean): Promise<SavedDestination>
  onSaved(saved: SavedDestination): void
  /** What comes before the settings. */
  children?: ReactNode
}

/** The settings as Segment shows them, and the toggle at the bottom. */
export function DestinationForm(props: DestinationFormProps): ReactNode {
  const { fields, destination, canSave, hint, apart, save, onSaved, children } = props
  const [settings, setSettings] = useState<Record<string, string>>({})
  const [isEnabled, setIsEnabled] = useState(destination?.isEnabled ?? false)
  const client = useQueryClient()
  const report = useGuideStep()
  const saving = useMutation<SavedDestination, ApiError>({
    mutationFn: () => save(settings, isEnabled),
    onSuccess: (saved) => {
      setSettings({})
      setIsEnabled(saved.destination.isEnabled)
      // The guide and all that depends on the destination.
      void refresh(client)
      onSaved(saved)
    }
  })

  return (
    <Form onSubmit={() => canSave && saving.mutate()}>
      {children}
      <Card title="Connection settings">
        {fields.map(({ key, label, description, required, type }) => (
          <TextField
            key={key}
            label={label}
            description={description}
            isRequired={required}
            isMono
            type={type === 'password' ? 'password' : 'text'}
            autoComplete="new-password"
            value={settings[key] ?? destination?.settings[key]?.value ?? ''}
            placeholder={destination?.settings[key]?.masked}
            problem={saving.error?.problemOf(key)}
            onChange={({ target }) => setSettings({ ...settings, [key]: target.value })}
            onPaste={() => report('paste-api-key')}
          />
        ))}
      </Card>
      <Card>
        <Toggle
          label="Enable Destination"
          description="Events are sent only while the destination is enabled. Saving tests the API key."
          isOn={isEnabled}
          onToggle={(isOn) => {
            report('enable-destination')
            setIsEnabled(isOn)
          }}
        />
      </Card>
      {saving.error && <Banner kind="bad">{saving.error.message}</Banner>}
      <FormActions apart={apart}>
        {hint && <Note>{hint}</Note>}
        <Button type="submit" look="primary" disabled={!canSave || saving.isPending}>
          {saving.isPending ? 'Saving …' : 'Save Changes'}
        </Button>
      </FormActions>
    </Form>
  )
}
