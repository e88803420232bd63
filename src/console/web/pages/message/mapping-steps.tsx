import type { ReactNode } from 'react'
import type { Delivery, MappingTrace } from '../../../server/api'
import type { Tone } from '../../ui/badge'
import { JsonCode } from '../../ui/code'
import { AttemptStep } from './attempt-step'
import { RequestView } from './attempt-view'
import { Hints } from './hints'
import { IntegrationsStep } from './integrations-step'
import { Fold, Step, Steps } from './steps'

/** What a destination makes of a message, or would make of it. */
export function DeliverySteps({
  delivery: { hints, integrations, mappings }
}: {
  delivery: Pick<Delivery, 'hints' | 'integrations' | 'mappings'>
}): ReactNode {
  return (
    <>
      <Hints hints={hints} />
      <Steps>
        <IntegrationsStep decision={integrations} />
        {integrations.isEnabled &&
          mappings.map((mapping) => <MappingSteps key={mapping.mappingId} mapping={mapping} />)}
      </Steps>
    </>
  )
}

/** One mapping's steps: trigger, mapped payload, and each attempt with the wait after it. */
export function MappingSteps({ mapping }: { mapping: MappingTrace }): ReactNode {
  const { name, trigger, matches, mismatch, payload, reason, attempts, request } = mapping
  return (
    <>
      <Step
        title={
          <>
            Mapping <bdi>{name}</bdi>
          </>
        }
        tone={TRIGGERS[matches].tone}
        summary={
          <>
            {TRIGGERS[matches].label} <code>{trigger}</code>
            {mismatch && `, but ${mismatch}`}
          </>
        }
      >
        {payload && (
          <Fold title="Mapped payload">
            <JsonCode label="Mapped payload" value={payload} />
          </Fold>
        )}
        {reason && attempts.length === 0 && <p dir="auto">{reason}</p>}
        {request && (
          <Fold title="Request that would be sent" isOpen>
            <RequestView request={request} />
          </Fold>
        )}
      </Step>
      {attempts.map((attempt, index) => (
        <AttemptStep key={attempt.startedAt} {...{ mapping, attempt, index }} />
      ))}
    </>
  )
}

const TRIGGERS: Record<MappingTrace['matches'], { label: string; tone: Tone }> = {
  yes: { label: 'The trigger matches:', tone: 'good' },
  no: { label: 'The trigger does not match:', tone: 'idle' },
  error: { label: 'The trigger can’t be read:', tone: 'bad' }
}
