import { useEffect, useLayoutEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { useConnection, useRestart } from '../data/live'
import { useApi } from '../data/use-api'
import { arrive } from '../ui/arrival'
import { Button, IconButton } from '../ui/button'
import { Sheet } from '../ui/dialog'
import { Icon } from '../ui/icons'
import { Banner } from '../ui/state'
import { ToastPlace } from '../ui/toasts'
import { GuideBar, GuidePanel } from './guide-panel'
import { Navigation, sideOf } from './navigation'
import styles from './shell.module.css'

/** What surrounds every page: the navigation, notices about the whole console, and the guide. */
export function Shell({ children }: { children: ReactNode }): ReactNode {
  const [location] = useLocation()
  const [sheet, setSheet] = useState<{ shows: Sheets; on: string }>()
  const [guide, setIsGuideOpen] = useGuideChoice()
  // Another page closes it.
  const shown = sheet?.on === location ? sheet.shows : undefined
  const open = (shows: Sheets) => setSheet({ shows, on: location })
  usePageChange(location)

  function toggleGuide(): void {
    if (window.innerWidth > GUIDE_FITS) {
      setIsGuideOpen(!guide)
    } else {
      open('guide')
    }
  }

  const navigation = <Navigation isGuideOpen={guide ?? false} onGuide={toggleGuide} />
  const closeSheet = () => setSheet(undefined)
  const closeGuide = () => setIsGuideOpen(false)
  return (
    <div className={styles.shell} data-guide={guide === undefined ? 'unknown' : guide ? 'open' : 'closed'}>
      <a className={styles.skip} href="#content">
        Skip to content
      </a>
      <TopBar onOpen={open} />
      <div className={styles.sidebar}>
        {navigation}
        <div className={styles.sidebarToast}>
          <ToastPlace on="wide" />
        </div>
      </div>
      <div className={styles.content}>
        <main id="content" className={styles.main} tabIndex={-1}>
          <Notices />
          {children}
        </main>
        {guide && (
          <aside className={styles.guideBar} aria-label="Guide">
            <GuideBar onClose={closeGuide} onOpen={() => open('guide')} />
          </aside>
        )}
      </div>
      {guide && (
        <aside className={styles.guide} aria-label="Guide">
          <GuidePanel onClose={closeGuide} />
        </aside>
      )}
      {shown && (
        <Sheet
          title={shown === 'menu' ? 'Menu' : 'Guide'}
          from={shown === 'menu' ? 'start' : 'end'}
          onClose={closeSheet}
        >
          {shown === 'menu' ? navigation : <GuidePanel onClose={closeSheet} onLeave={closeSheet} />}
        </Sheet>
      )}
    </div>
  )
}

/** What slides over the page on a narrow screen. */
type Sheets = 'menu' | 'guide'

function TopBar({ onOpen }: { onOpen(sheet: Sheets): void }): ReactNode {
  return (
    <div className={styles.topbar}>
      <IconButton label="Menu" onClick={() => onOpen('menu')}>
        <Icon name="menu" />
      </IconButton>
      <span className={styles.brand}>Astrolabe for Segment</span>
      <div className={styles.topbarToast}>
        <ToastPlace on="narrow" />
      </div>
      <Button look="quiet" onClick={() => onOpen('guide')}>
        <Icon name="guide" />
        Guide
      </Button>
    </div>
  )
}

/** What is true of every page at the moment. */
function Notices(): ReactNode {
  const connection = useConnection()
  const [isRestarted, dismissRestart] = useRestart()
  const { data: faults } = useApi('GET /api/faults', {})
  const [location] = useLocation()
  // The page of the faults shows them itself, and stays in place while they are switched.
  const isFaulty = faults !== undefined && faults.active.length > 0 && location !== '/faults'
  return (
    <div className={styles.notices}>
      {connection === 'lost' && (
        <Banner kind="bad">
          The console does not respond. This page connects again as soon as it is back. Start it with{' '}
          <code>astrolabe-segment console</code>.
        </Banner>
      )}
      {isRestarted && (
        <Banner kind="warn" action={<Button onClick={dismissRestart}>Dismiss</Button>}>
          <strong>The console was restarted.</strong> It keeps everything in memory, so what it held before is gone:
          messages, Users, Accounts, keys and your changes to sources and destinations.
        </Banner>
      )}
      {isFaulty && (
        <Banner kind="warn" action={<Link href="/faults">Switch faults off</Link>}>
          <strong>Faults are on.</strong> Astrolabe fails on purpose: <code>{faults.active.join(' ')}</code>
        </Banner>
      )}
    </div>
  )
}

function usePageChange(location: string): void {
  const search = useSearch()

  useEffect(() => {
    window.scrollTo({ top: 0 })
    const step = window.location.hash.slice(1)
    // A page that loads leaves the focus to the browser. The tabs of a page are one page.
    if (step !== '' || (navigator.userActivation.hasBeenActive && document.activeElement?.role !== 'tab')) {
      arrive(step)
    }
  }, [location])

  useEffect(() => {
    // What had the focus is gone, such as the button that opened an editor.
    if (navigator.userActivation.hasBeenActive && document.activeElement === document.body) {
      arrive()
    }
  }, [search])

  // On the root, so that dialogs have the side's colour too.
  useLayoutEffect(() => {
    document.documentElement.dataset.side = sideOf(location)
  }, [location])
}

/** Pixels, as in the style sheet: on a narrower page the guide slides over it. */
const GUIDE_FITS = 1180

const GUIDE_KEY = 'guide'

/** Open until somebody closes it, or until all steps are done. Undefined until the server has said whether they are. */
function useGuideChoice(): [boolean | undefined, (isOpen: boolean) => void] {
  const [choice, setChoice] = useState(() => localStorage.getItem(GUIDE_KEY))
  const wasDoneAtStart = useWasDoneAtStart()

  function choose(isOpen: boolean): void {
    localStorage.setItem(GUIDE_KEY, isOpen ? 'open' : 'closed')
    setChoice(isOpen ? 'open' : 'closed')
  }

  const byDefault = wasDoneAtStart === undefined ? undefined : !wasDoneAtStart
  return [choice === null ? byDefault : choice === 'open', choose]
}

function useWasDoneAtStart(): boolean | undefined {
  const { data, isError } = useApi('GET /api/guide', {})
  const [wasDone, setWasDone] = useState<boolean>()
  if (data && wasDone === undefined) {
    setWasDone(data.isDone)
  }
  return wasDone ?? (isError || undefined)
}
