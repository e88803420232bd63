import { useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { ConnectorWithKey, FreeEmailChoice } from '../../../server/api'
import { useChange, useGuideStep } from '../../data/use-api'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Card, Page } from '../../ui/page'
import { Banner } from '../../ui/state'
import { ConnectorTypes } from './connector-types'
import { FreeEmailChoices } from './free-email-choices'
import { KeyDialog } from './key-dialog'

type Step = 'type' | 'name' | 'free email'

/** "Add Connector": the steps of Astrolabe's console, in its words. */
export function NewConnectorPage(): ReactNode {
  const [, navigate] = useLocation()
  const [step, setStep] = useState<Step>('type')
  const [name, setName] = useState('')
  const [choice, setChoice] = useState<FreeEmailChoice>('allow')
  const [created, setCreated] = useState<ConnectorWithKey>()
  const create = useChange('POST /api/connectors')
  const report = useGuideStep()

  function finish(): void {
    report('free-email-providers')
    create.mutate({ body: { name: name.trim(), freeEmailProviders: choice } }, { onSuccess: setCreated })
  }

  return (
    <Page title="Add Connector" crumbs={[{ label: 'Connectors', to: '/connectors' }]} isNarrow>
      <Card title={HEADINGS[step]}>
        {step === 'type' && (
          <ConnectorTypes
            onChoose={() => {
              report('choose-segment-connector')
              setStep('name')
            }}
          />
        )}
        {step === 'name' && (
          <NameStep
            name={name}
            onName={setName}
            onBack={() => setStep('type')}
            onContinue={() => {
              report('name-connector')
              setStep('free email')
            }}
          />
        )}
        {step === 'free email' && (
          <Form onSubmit={finish}>
            <FreeEmailChoices value={choice} onChoose={setChoice} />
            {create.error && <Banner kind="bad">{create.error.message}</Banner>}
            <FormActions>
              <Button onClick={() => setStep('name')}>Back</Button>
              <Button type="submit" look="primary" disabled={create.isPending}>
                Finish
              </Button>
            </FormActions>
          </Form>
        )}
      </Card>
      {created && (
        <KeyDialog
          apiKey={created.apiKey}
          onClose={() => navigate(`/connectors/${encodeURIComponent(created.connector.id)}`)}
        />
      )}
    </Page>
  )
}

interface NameStepProps {
  name: string
  onName(name: string): void
  onBack(): void
  onContinue(): void
}

function NameStep({ name, onName, onBack, onContinue }: NameStepProps): ReactNode {
  return (
    <Form onSubmit={() => name.trim() !== '' && onContinue()}>
      <TextField
        label="Connector name"
        description="A name that you recognize, such as the workspace that sends the data."
        value={name}
        autoFocus
        maxLength={100}
        onChange={({ target }) => onName(target.value)}
      />
      <FormActions>
        <Button onClick={onBack}>Back</Button>
        <Button type="submit" look="primary" disabled={name.trim() === ''}>
          Continue
        </Button>
      </FormActions>
    </Form>
  )
}

const HEADINGS: Record<Step, string> = {
  type: 'Step 1 of 3: choose a connector',
  name: 'Step 2 of 3: name the Segment.com Connector',
  'free email': 'Step 3 of 3: users with free email providers'
}
