import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { ConnectorWithKey, FreeEmailChoice } from '../../../server/api'
import { useChange, useGuideStep } from '../../data/use-api'
import { Button, CopyButton } from '../../ui/button'
import { ChoiceCards } from '../../ui/choices'
import { Dialog } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Card, Note, Page } from '../../ui/page'
import { Banner } from '../../ui/state'
import styles from './new-connector-page.module.css'

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

interface FreeEmailChoicesProps {
  value: FreeEmailChoice
  onChoose(choice: FreeEmailChoice): void
}

export function FreeEmailChoices({ value, onChoose }: FreeEmailChoicesProps): ReactNode {
  return (
    <ChoiceCards
      legend="Users with free email providers"
      value={value}
      onChoose={onChoose}
      choices={[
        {
          value: 'allow',
          title: 'Allow',
          description: 'Users with addresses such as name@gmail.com become Users in Astrolabe, like all others.'
        },
        {
          value: 'block',
          title: 'Block',
          description:
            'Their messages are accepted, but make no User and no event. The connector lists each of them as blocked.'
        }
      ]}
    />
  )
}

interface KeyDialogProps {
  apiKey: string
  onClose(): void
}

/** The only place that shows a key. */
export function KeyDialog({ apiKey, onClose }: KeyDialogProps): ReactNode {
  const report = useGuideStep()
  const id = useId()
  return (
    <Dialog
      title="API key"
      description="Copy the key now and paste it in Segment, in the settings of the Astrolabe destination. It is not shown again; if you lose it, roll the key."
      onClose={onClose}
    >
      <div>
        <p id={id} className={styles.label}>
          Your Astrolabe API key
        </p>
        <p className={styles.key} aria-labelledby={id} role="group" data-testid="api-key">
          {apiKey}
        </p>
      </div>
      <FormActions>
        <CopyButton label="Copy API key" text={apiKey} onCopied={() => report('copy-api-key')} />
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </FormActions>
    </Dialog>
  )
}

/** Astrolabe has more connectors than Segment's. This stand-in has only this one. */
function ConnectorTypes({ onChoose }: { onChoose(): void }): ReactNode {
  return (
    <>
      <div className={styles.types}>
        <div className={styles.type}>
          <button type="button" className={styles.name} onClick={onChoose}>
            Segment.com Connector
          </button>
          <p className={styles.description}>
            Receives Users, Accounts and events from the Astrolabe destination in Segment.
          </p>
        </div>
      </div>
      <Note>Astrolabe itself has more connectors. This local stand-in has the one for Segment.</Note>
    </>
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
