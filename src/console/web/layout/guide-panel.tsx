import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { GuideStep } from '../../server/api'
import { useApi } from '../data/use-api'
import { IconButton } from '../ui/button'
import { Icon } from '../ui/icons'
import { Loaded } from '../ui/state'
import styles from './guide-panel.module.css'

/** The steps of "Getting started", in the words of Segment's page on Astrolabe. */
export function GuidePanel({ onClose }: { onClose(): void }): ReactNode {
  const guide = useApi('GET /api/guide', {})
  const steps = guide.data?.sections.flatMap((section) => section.steps) ?? []
  const next = steps.find(({ isDone }) => !isDone)
  return (
    <div className={styles.panel}>
      <div className={styles.heading}>
        <h2>
          Getting started
          <span className={styles.progress}>
            {steps.filter(({ isDone }) => isDone).length} of {steps.length} done
          </span>
        </h2>
        <IconButton label="Close guide" onClick={onClose}>
          <Icon name="close" />
        </IconButton>
      </div>
      <Loaded query={guide}>
        {({ sections }) =>
          sections.map(({ side, title, steps }) => (
            <section key={title} className={styles.section} data-side={side}>
              <div>
                <span className={styles.side}>{side === 'astrolabe' ? 'Astrolabe' : 'Segment'}</span>
                <h3>{title}</h3>
              </div>
              <ol>
                {steps.map((step, index) => (
                  <Step key={step.id} step={step} number={index + 1} isNext={step.id === next?.id} />
                ))}
              </ol>
            </section>
          ))
        }
      </Loaded>
    </div>
  )
}

function Step({ step, number, isNext }: { step: GuideStep; number: number; isNext: boolean }): ReactNode {
  return (
    <li className={styles.step} data-done={step.isDone} data-next={isNext} aria-current={isNext ? 'step' : undefined}>
      <span className={styles.mark} data-done={step.isDone} role="img" aria-label={step.isDone ? 'Done' : 'To do'}>
        {step.isDone ? <Icon name="check" size={12} /> : <Number value={number} />}
      </span>
      <span className={styles.text}>
        {emphasized(step.text)}
        {step.note && <span className={styles.hint}>{step.note}</span>}
        {isNext && (
          <>
            {' '}
            <Link href={step.page}>Show me</Link>
          </>
        )}
      </span>
    </li>
  )
}

function Number({ value }: { value: number }): ReactNode {
  return <span style={{ color: 'var(--text-soft)' }}>{value}</span>
}

/** `**Add Connector**` becomes bold. */
function emphasized(text: string): ReactNode[] {
  return text.split('**').map((part, index) => (index % 2 === 1 ? <strong key={part}>{part}</strong> : part))
}
