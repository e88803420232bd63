import type { ReactNode } from 'react'
import type { Delivery, FilterTrace, IntegrationsDecision, MappingTrace } from '../../server/api'
import { formatCount } from '../data/format'
import { AttemptStep, RequestView } from './attempt'
import type { Tone } from './badge'
import { JsonCode } from './code'
import { Banner } from './state'
import { Fold, Step, Steps } from './steps'

/** What a destination makes of a message, or would make of it. */
export function DeliverySteps({
  delivery: { hints, integrations, filters, mappings }
}: {
  delivery: Pick<Delivery, 'hints' | 'integrations' | 'filters' | 'mappings'>
}): ReactNode {
  const isSent = integrations.isEnabled && filters.every(({ effect }) => effect !== 'dropped')
  const matching = mappings.filter(({ matches }) => matches !== 'no')
  // If none matches, the reasons are what the reader looks for.
  const shown = matching.length > 0 ? matching : mappings
  const folded = mappings.filter((mapping) => !shown.includes(mapping))
  return (
    <>
      <Hints hints={hints} />
      <Steps>
        <IntegrationsStep decision={integrations} />
        {filters.map((filter, index) => (
          <FilterStep key={index} filter={filter} />
        ))}
        {isSent && shown.map((mapping) => <MappingSteps key={mapping.mappingId} mapping={mapping} />)}
      </Steps>
      {isSent && folded.length > 0 && (
        <Fold title={`${formatCount(folded.length, 'mapping')} ${folded.length === 1 ? 'doesn’t' : 'don’t'} match`}>
          <Steps>
            {folded.map((mapping) => (
              <MappingSteps key={mapping.mappingId} mapping={mapping} />
            ))}
          </Steps>
        </Fold>
      )}
    </>
  )
}

/** One mapping's steps: trigger, mapped payload, and each attempt with the wait after it. */
export function MappingSteps({ mapping }: { mapping: MappingTrace }): ReactNode {
  const { name, trigger, matches, mismatch, hints, payload, reason, attempts, request } = mapping
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
        <Hints hints={hints} />
        {payload && (
          <Fold title="Mapped payload" isOpen>
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

/** Whether the event's integrations object lets it through. */
function IntegrationsStep({ decision: { isEnabled, decidedBy } }: { decision: IntegrationsDecision }): ReactNode {
  return (
    <Step
      title="Integrations object"
      tone={isEnabled ? 'good' : 'idle'}
      summary={
        <>
          {decidedBy && (
            <>
              <code>{decidedBy}</code>.{' '}
            </>
          )}
          {isEnabled ? 'It lets the event through.' : 'It keeps the event from this destination, so no mapping runs.'}
        </>
      }
    />
  )
}

/** What a destination filter did to the event. */
function FilterStep({ filter: { title, reason, removed } }: { filter: FilterTrace }): ReactNode {
  return (
    <Step
      title={
        <>
          Filter <bdi>{title}</bdi>
        </>
      }
      tone={reason === undefined ? 'good' : 'idle'}
      summary={
        reason === undefined ? (
          <>
            It removes <code>{removed.join(', ')}</code>.
          </>
        ) : (
          <bdi>{reason} No mapping runs.</bdi>
        )
      }
    />
  )
}

/** Sentences on mistakes that are common in events. */
export function Hints({ hints }: { hints: string[] }): ReactNode {
  return (
    hints.length > 0 && (
      <Banner kind="warn">
        <ul aria-label="Hints">
          {hints.map((hint) => (
            <li key={hint} dir="auto">
              {hint}
            </li>
          ))}
        </ul>
      </Banner>
    )
  )
}
