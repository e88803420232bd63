import type { Guide, GuideSection, GuideStep } from './api'

/** What the guide follows: its ticks come from the workspace, so a step that is undone loses its own. */
export interface GuideFacts {
  /** The newest connector. */
  connectorId?: string
  /** The destination that the steps are about: one that is enabled, or else the newest. */
  destinationId?: string
  /** Whether it has a key that is not rejected. */
  hasKey: boolean
  isEnabled: boolean
}

/** The steps that are done, for the guide beside the pages. */
export class GuideProgress {
  /** Whether the newest API key was copied, as a page reports it. */
  isKeyCopied = false

  view(facts: GuideFacts): Guide {
    const sections = sectionsFor(facts, this.isKeyCopied)
    return { sections, isDone: sections.every(({ steps }) => steps.every(({ isDone }) => isDone)) }
  }
}

/** "Getting started" of Segment's page on Astrolabe, word for word. */
function sectionsFor(facts: GuideFacts, isKeyCopied: boolean): GuideSection[] {
  return [
    {
      side: 'astrolabe',
      title: 'Obtain your Astrolabe API Key',
      steps: connectorSteps(facts, isKeyCopied)
    },
    {
      side: 'segment',
      title: 'Add Astrolabe Destination to your Segment Workspace',
      steps: destinationSteps(facts)
    }
  ]
}

function connectorSteps({ connectorId, hasKey }: GuideFacts, isKeyCopied: boolean): GuideStep[] {
  const hasConnector = connectorId !== undefined
  const isCopied = hasKey || isKeyCopied
  return [
    {
      id: 'log-in',
      text: 'Log in to your Astrolabe workspace.',
      page: '/connectors',
      note: 'There is no login here: this Astrolabe runs on your machine.',
      isDone: true
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
      page: NEW_CONNECTOR,
      isDone: hasConnector
    },
    {
      id: 'name-connector',
      text: 'Name the Connector and click **Continue**.',
      page: NEW_CONNECTOR,
      isDone: hasConnector
    },
    {
      id: 'free-email-providers',
      text: 'Decide whether to allow or block users with free email providers, then click **Finish**.',
      page: NEW_CONNECTOR,
      isDone: hasConnector
    },
    {
      id: 'copy-api-key',
      text: 'Copy the **API key** displayed in the dialog window.',
      page: hasConnector ? `/connectors/${encodeURIComponent(connectorId)}` : NEW_CONNECTOR,
      isDone: isCopied,
      ...(hasConnector &&
        !isCopied && {
          note: 'The dialog shows the key once. If it is closed, click **Roll Key** on the connector’s page for a new key.'
        })
    }
  ]
}

function destinationSteps({ destinationId, hasKey, isEnabled }: GuideFacts): GuideStep[] {
  const hasDestination = destinationId !== undefined
  const form = hasDestination
    ? `/connections/destinations/${encodeURIComponent(destinationId)}`
    : `${CATALOG}/destinations/actions-astrolabe/add`
  return [
    {
      id: 'open-catalog',
      text: 'Go to **Connections > Catalog** and then click on the **Destinations** tab.',
      page: CATALOG,
      isDone: hasDestination
    },
    {
      id: 'select-astrolabe',
      text: 'Search for **Astrolabe** and select it.',
      page: `${CATALOG}/destinations`,
      isDone: hasDestination
    },
    {
      id: 'add-destination',
      text: 'Click **Add destination**.',
      page: `${CATALOG}/destinations/actions-astrolabe`,
      isDone: hasDestination
    },
    {
      id: 'choose-source',
      text: 'Choose an existing data Source to connect to **Astrolabe**.',
      page: form,
      isDone: hasDestination
    },
    {
      id: 'name-destination',
      text: 'Give the destination a name that is recognizable.',
      page: form,
      isDone: hasDestination
    },
    {
      id: 'paste-api-key',
      text: 'Paste the **Astrolabe API key** (copied earlier).',
      page: form,
      isDone: hasKey
    },
    {
      id: 'enable-destination',
      text: 'Enable the destination by changing the bottom **Enable Destination** toggle to active.',
      page: form,
      isDone: isEnabled
    },
    {
      id: 'save-changes',
      text: 'Click **Save Changes**.',
      page: form,
      isDone: isEnabled
    }
  ]
}

const NEW_CONNECTOR = '/connectors/new'
const CATALOG = '/connections/catalog'
