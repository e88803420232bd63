import type { ReactNode } from 'react'
import type { IntegrationsDecision } from '../../../server/api'
import { Step } from './steps'

/** Whether the event's integrations object lets it through. */
export function IntegrationsStep({
  decision: { isEnabled, decidedBy }
}: {
  decision: IntegrationsDecision
}): ReactNode {
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
