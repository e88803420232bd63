import type { Guide, GuideSection, GuideStep, GuideStepId } from './api'

/** What the guide ticks off by itself. */
export interface GuideFacts {
  hasConnector: boolean
  hasDestination: boolean
  hasKey: boolean
  hasEnabledDestination: boolean
}

type Step = Pick<GuideStep, 'id' | 'text' | 'page' | 'note'> & {
  /** Whether the workspace shows that the step is done. */
  isDone: (facts: GuideFacts) => boolean
}

/** The steps that are done, for the guide beside the pages. */
export class GuideProgress {
  private readonly reported = new Set<GuideStepId>()

  /** A page saw the step being done. */
  report(step: GuideStepId): void {
    this.reported.add(step)
  }

  view(facts: GuideFacts): Guide {
    const sections = SECTIONS.map(({ steps, ...section }): GuideSection => ({
      ...section,
      steps: steps.map(({ isDone, ...step }) => ({ ...step, isDone: isDone(facts) || this.reported.has(step.id) }))
    }))
    return { sections, isDone: sections.every(({ steps }) => steps.every(({ isDone }) => isDone)) }
  }
}

const hasConnector = (facts: GuideFacts) => facts.hasConnector
const hasDestination = (facts: GuideFacts) => facts.hasDestination
const hasKey = (facts: GuideFacts) => facts.hasKey
const hasEnabledDestination = (facts: GuideFacts) => facts.hasEnabledDestination

/** "Getting started" of Segment's page on Astrolabe, word for word. */
const SECTIONS: (Omit<GuideSection, 'steps'> & { steps: Step[] })[] = [
  {
    side: 'astrolabe',
    title: 'Obtain your Astrolabe API Key',
    steps: [
      {
        id: 'log-in',
        text: 'Log in to your Astrolabe workspace.',
        page: '/connectors',
        note: 'There is no login here: this Astrolabe runs on your machine.',
        isDone: () => true
      },
      {
        id: 'add-connector',
        text: 'Navigate to the **Connectors** page and click **Add Connector**.',
        page: '/connectors',
        isDone: hasConnector
      },
      {
        id: 'choose-segment-connector',
        text: 'Choose the **Segment.com Connector**.',
        page: '/connectors',
        isDone: hasConnector
      },
      {
        id: 'name-connector',
        text: 'Name the Connector and click **Continue**.',
        page: '/connectors',
        isDone: hasConnector
      },
      {
        id: 'free-email-providers',
        text: 'Decide whether to allow or block users with free email providers, then click **Finish**.',
        page: '/connectors',
        isDone: hasConnector
      },
      {
        id: 'copy-api-key',
        text: 'Copy the **API key** displayed in the dialog window.',
        page: '/connectors',
        isDone: hasKey
      }
    ]
  },
  {
    side: 'segment',
    title: 'Add Astrolabe Destination to your Segment Workspace',
    steps: [
      {
        id: 'open-catalog',
        text: 'Go to **Connections > Catalog** and then click on the **Destinations** tab.',
        page: '/connections/catalog',
        isDone: hasDestination
      },
      {
        id: 'select-astrolabe',
        text: 'Search for **Astrolabe** and select it.',
        page: '/connections/catalog',
        isDone: hasDestination
      },
      {
        id: 'add-destination',
        text: 'Click **Add destination**.',
        page: '/connections/catalog',
        isDone: hasDestination
      },
      {
        id: 'choose-source',
        text: 'Choose an existing data Source to connect to **Astrolabe**.',
        page: '/connections/catalog',
        isDone: hasDestination
      },
      {
        id: 'name-destination',
        text: 'Give the destination a name that is recognizable.',
        page: '/connections/destinations',
        isDone: hasDestination
      },
      {
        id: 'paste-api-key',
        text: 'Paste the **Astrolabe API key** (copied earlier).',
        page: '/connections/destinations',
        isDone: hasKey
      },
      {
        id: 'enable-destination',
        text: 'Enable the destination by changing the bottom **Enable Destination** toggle to active.',
        page: '/connections/destinations',
        isDone: hasEnabledDestination
      },
      {
        id: 'save-changes',
        text: 'Click **Save Changes**.',
        page: '/connections/destinations',
        isDone: hasEnabledDestination
      }
    ]
  }
]

export const GUIDE_STEPS: GuideStepId[] = SECTIONS.flatMap(({ steps }) => steps.map(({ id }) => id))
