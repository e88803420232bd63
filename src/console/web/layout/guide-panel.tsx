import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Guide, GuideStep, GuideStepId, MessageSummary } from '../../server/api'
import { useDrafts } from '../data/drafts'
import type { Draft } from '../data/drafts'
import { useApi } from '../data/use-api'
import { showControl } from '../ui/arrival'
import { Button, ButtonLink, IconButton } from '../ui/button'
import { Icon } from '../ui/icons'
import { Loaded } from '../ui/state'
import styles from './guide-panel.module.css'

interface GuideProps {
  onClose(): void
  /** Closes the sheet that the guide is in, when a link leads out of it. */
  onLeave?(): void
}

/** The steps of "Getting started", in the words of Segment's page on Astrolabe. */
export function GuidePanel({ onClose, onLeave }: GuideProps): ReactNode {
  const guide = useApi('GET /api/guide', {})
  const { isDone, count, total, next } = useProgress(guide.data)
  return (
    <div className={styles.panel}>
      <div className={styles.heading}>
        <h2>
          Getting started
          <span className={styles.progress}>
            {count} of {total} done
          </span>
        </h2>
        <IconButton label="Close guide" onClick={onClose}>
          <Icon name="close" />
        </IconButton>
      </div>
      {next === undefined && total > 0 && <FirstEvent onLeave={onLeave} />}
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
                  <Step
                    key={step.id}
                    step={step}
                    number={index + 1}
                    isDone={isDone(step)}
                    isNext={step.id === next?.id}
                    onLeave={onLeave}
                  />
                ))}
              </ol>
            </section>
          ))
        }
      </Loaded>
    </div>
  )
}

/** The next step alone, for a screen that has no room for the panel. */
export function GuideBar({ onClose, onOpen }: { onClose(): void; onOpen(): void }): ReactNode {
  const { data: guide } = useApi('GET /api/guide', {})
  const { count, total, next } = useProgress(guide)
  return (
    <div className={styles.bar}>
      <p className={styles.text}>
        <span className={styles.count}>
          {count} of {total} done
        </span>{' '}
        {next ? emphasized(next.text) : 'All steps are done. Send a first event and follow it to its User.'}
      </p>
      <div className={styles.barActions}>
        {next && (
          <span data-side={guide?.sections.find(({ steps }) => steps.includes(next))?.side}>
            <ShowMe step={next} />
          </span>
        )}
        <Button onClick={onOpen}>{next ? 'All steps' : 'Show how'}</Button>
        <IconButton label="Close guide" onClick={onClose}>
          <Icon name="close" />
        </IconButton>
      </div>
    </div>
  )
}

function useProgress(guide: Guide | undefined) {
  const [location] = useLocation()
  const drafts = useDrafts()
  const isDone = (step: GuideStep) => step.isDone || isDoneHere(step, location, drafts)
  const steps = guide?.sections.flatMap((section) => section.steps) ?? []
  return {
    isDone,
    count: steps.filter(isDone).length,
    total: steps.length,
    next: steps.find((step) => !isDone(step))
  }
}

const CATALOG = '/connections/catalog/destinations'

/** Whether this tab shows that the step is done: by the page, or by input that is not saved yet. */
function isDoneHere({ id, page }: GuideStep, location: string, drafts: Readonly<Record<string, Draft>>): boolean {
  const draft = drafts[page] ?? {}
  const { step: wizard = 'type' } = drafts['/connectors/new'] ?? {}
  const isAdding = drafts[`${CATALOG}/actions-astrolabe/add`] !== undefined
  const done: Partial<Record<GuideStepId, boolean>> = {
    'add-connector': location === '/connectors/new' || wizard !== 'type',
    'choose-segment-connector': wizard !== 'type',
    'name-connector': wizard === 'free email',
    'open-catalog': location.startsWith(CATALOG) || isAdding,
    'select-astrolabe': location.startsWith(`${CATALOG}/`) || isAdding,
    'add-destination': location.endsWith('/add') || isAdding,
    'choose-source': draft.sourceId !== undefined,
    'name-destination': (draft.name ?? '').trim() !== '',
    'paste-api-key': Object.values(draft.settings ?? {}).some((value) => value.trim() !== ''),
    'enable-destination': draft.isEnabled
  }
  return done[id] ?? false
}

interface StepProps extends Pick<GuideProps, 'onLeave'> {
  step: GuideStep
  number: number
  isDone: boolean
  isNext: boolean
}

function Step({ step, number, isDone, isNext, onLeave }: StepProps): ReactNode {
  return (
    <li
      ref={isNext ? reveal : undefined}
      className={styles.step}
      data-done={isDone}
      data-next={isNext}
      aria-current={isNext ? 'step' : undefined}
    >
      <span className={styles.mark} data-done={isDone} role="img" aria-label={isDone ? 'Done' : 'To do'}>
        {isDone ? <Icon name="check" size={12} /> : <Number value={number} />}
      </span>
      <span className={styles.text}>
        {emphasized(step.text)}
        {step.note && <span className={styles.hint}>{emphasized(step.note)}</span>}
        {isNext && (
          <>
            {' '}
            <ShowMe step={step} onLeave={onLeave} />
          </>
        )}
      </span>
    </li>
  )
}

/** Leads to the step's control, on this page or on the one that has it. */
function ShowMe({ step: { id, page }, onLeave }: { step: GuideStep } & Pick<GuideProps, 'onLeave'>): ReactNode {
  const [, navigate] = useLocation()
  const address = `${page}#${id}`
  return (
    <Link
      href={address}
      onClick={(event) => {
        event.preventDefault()
        const go = () => showControl(id) || navigate(address)
        if (onLeave) {
          onLeave()
          // Once the sheet is closed: until then it keeps the focus.
          setTimeout(go)
        } else {
          go()
        }
      }}
    >
      Show me
    </Link>
  )
}

/** What follows once all steps are done. */
function FirstEvent({ onLeave }: Pick<GuideProps, 'onLeave'>): ReactNode {
  const { data: newest } = useApi('GET /api/messages', { query: { limit: 1 } })
  const { data: delivered } = useApi('GET /api/messages', { query: { limit: 1, outcome: 'delivered' } })
  const message = delivered?.items[0] ?? newest?.items[0]
  return (
    <section ref={reveal} className={styles.next} aria-labelledby="first-event" onClick={onLeave}>
      {message === undefined ? <SendEvent /> : <FollowEvent message={message} />}
    </section>
  )
}

function SendEvent(): ReactNode {
  const destinations = useApi('GET /api/destinations', {})
  const sources = useApi('GET /api/sources', {})
  const sourceId = destinations.data?.find(({ isEnabled }) => isEnabled)?.sourceId ?? ''
  const source = sources.data?.find(({ id }) => id === sourceId)
  return (
    <>
      <h3 id="first-event">Next: send a first event</h3>
      <p className={styles.text}>
        <bdi>{source?.name}</bdi> is connected to Astrolabe. Send an event with its code or from the Test page, then
        follow it to its User.
      </p>
      <div className={styles.nextActions}>
        <ButtonLink to={`/connections/sources/${encodeURIComponent(sourceId)}`} look="primary">
          Code for your client
        </ButtonLink>
        <ButtonLink to="/test">Test page</ButtonLink>
      </div>
    </>
  )
}

function FollowEvent({ message: { id, type, title, outcome } }: { message: MessageSummary }): ReactNode {
  const isDelivered = outcome === 'delivered'
  return (
    <>
      <h3 id="first-event">{isDelivered ? 'Your first event has arrived' : 'Your first event has not arrived yet'}</h3>
      <p className={styles.text}>
        {isDelivered ? 'Astrolabe has received ' : 'See what became of '}
        <code>{type}</code> <bdi>{title}</bdi>. Its page shows each step, and what changed in Astrolabe.
      </p>
      <div className={styles.nextActions}>
        <ButtonLink to={`/messages/${encodeURIComponent(id)}`} look="primary">
          Follow the event
        </ButtonLink>
        {isDelivered && <ButtonLink to="/users">Users</ButtonLink>}
      </div>
    </>
  )
}

/** Scrolls the panel to what comes next. */
function reveal(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}

function Number({ value }: { value: number }): ReactNode {
  return <span style={{ color: 'var(--text-soft)' }}>{value}</span>
}

/** `**Add Connector**` becomes bold. */
function emphasized(text: string): ReactNode[] {
  return text.split('**').map((part, index) => (index % 2 === 1 ? <strong key={part}>{part}</strong> : part))
}
