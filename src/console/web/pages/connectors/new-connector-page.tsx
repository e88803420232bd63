import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { useLocation } from 'wouter'
import type { ConnectorWithKey, FreeEmailChoice, GuideStepId } from '../../../server/api'
import { changeDraft, discardDraft, useDraft } from '../../data/drafts'
import type { Draft } from '../../data/drafts'
import { useChange } from '../../data/use-api'
import { goOnTo } from '../../ui/arrival'
import { Button } from '../../ui/button'
import { ChoiceCards } from '../../ui/choices'
import { CopyButton } from '../../ui/copy-button'
import { ConfirmDialog, Dialog } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { Form, FormActions } from '../../ui/form'
import { Card, Note, Page } from '../../ui/page'
import { Banner } from '../../ui/state'
import styles from './new-connector-page.module.css'

type Step = NonNullable<Draft['step']>

const PATH = '/connectors/new'

/** "Add Connector": the steps of Astrolabe's console, in its words. */
export function NewConnectorPage(): ReactNode {
  const [, navigate] = useLocation()
  const draft = useDraft(PATH)
  const { name = '', freeEmailProviders = 'allow' } = draft
  const [created, setCreated] = useState<ConnectorWithKey>()
  const step = created ? 'free email' : (draft.step ?? 'type')
  const create = useChange('POST /api/connectors')
  const change = (part: Draft) => changeDraft(PATH, part)

  function goTo(next: Step): void {
    flushSync(() => change({ step: next }))
    goOnTo(CONTROLS[next])
  }

  function finish(): void {
    create.mutate(
      { body: { name: name.trim(), freeEmailProviders } },
      {
        onSuccess: (added) => {
          setCreated(added)
          discardDraft(PATH)
        }
      }
    )
  }

  return (
    <Page title="Add Connector" crumbs={[{ label: 'Connectors', to: '/connectors' }]} isNarrow>
      <Card title={HEADINGS[step]}>
        {step === 'type' && <ConnectorTypes onChoose={() => goTo('name')} />}
        {step === 'name' && (
          <NameStep
            name={name}
            onName={(next) => change({ name: next })}
            onBack={() => goTo('type')}
            onContinue={() => goTo('free email')}
          />
        )}
        {step === 'free email' && (
          <Form onSubmit={finish}>
            <FreeEmailChoices
              value={freeEmailProviders}
              guide={CONTROLS['free email']}
              onChoose={(choice) => change({ freeEmailProviders: choice })}
            />
            {create.error && <Banner kind="bad">{create.error.message}</Banner>}
            <FormActions>
              <Button onClick={() => goTo('name')}>Back</Button>
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
  guide?: GuideStepId
}

export function FreeEmailChoices(props: FreeEmailChoicesProps): ReactNode {
  return (
    <ChoiceCards
      {...props}
      legend="Users with free email providers"
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

/** The only place that shows a key. It asks before it closes if the key was not copied. */
export function KeyDialog({ apiKey, onClose }: KeyDialogProps): ReactNode {
  const report = useChange('POST /api/guide/copy-api-key')
  const [isCopied, setIsCopied] = useState(false)
  const [isAsking, setIsAsking] = useState(false)
  const id = useId()
  const close = () => (isCopied ? onClose() : setIsAsking(true))

  function copied(): void {
    setIsCopied(true)
    // The guide is a comfort: a report that fails does no harm.
    report.mutate({})
  }

  return (
    <Dialog
      title="API key"
      description="Copy the key now and paste it in Segment, in the settings of the Astrolabe destination. It is not shown again; if you lose it, roll the key."
      onClose={close}
    >
      <div>
        <p id={id} className={styles.label}>
          Your Astrolabe API key
        </p>
        <p className={styles.key} aria-labelledby={id} role="group" data-testid="api-key" onCopy={copied}>
          {apiKey}
        </p>
      </div>
      <FormActions>
        <Button onClick={close}>Done</Button>
        <CopyButton look="primary" label="Copy API key" text={apiKey} onCopied={copied} autoFocus />
      </FormActions>
      {isAsking && (
        <ConfirmDialog
          title="Close without copying the key?"
          description="The key is not shown again. To get another one, you have to roll it."
          action="Close"
          onConfirm={onClose}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Dialog>
  )
}

/** Astrolabe has more connectors than Segment's. This stand-in has only this one. */
function ConnectorTypes({ onChoose }: { onChoose(): void }): ReactNode {
  return (
    <>
      <div className={styles.types}>
        <div className={styles.type}>
          <button type="button" className={styles.name} data-guide={CONTROLS.type} onClick={onChoose}>
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
        maxLength={100}
        data-guide={CONTROLS.name}
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

/** Where the focus goes at each step. */
const CONTROLS = {
  type: 'choose-segment-connector',
  name: 'name-connector',
  'free email': 'free-email-providers'
} as const satisfies Record<Step, GuideStepId>
