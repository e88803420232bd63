/** The guide beside the pages: the steps of "Getting started", ticked off as they are done. */
export interface Guide {
  sections: GuideSection[]
  isDone: boolean
}

export interface GuideSection {
  /** Which side the steps happen on. */
  side: Side
  /** Such as "Obtain your Astrolabe API Key". */
  title: string
  steps: GuideStep[]
}

export type Side = 'astrolabe' | 'segment'

export interface GuideStep {
  id: GuideStepId
  /** The step in the words of Segment's page on Astrolabe. Text between `**` is the name of a control. */
  text: string
  /** The page to go to, such as `/connectors`. Its control for the step is marked with the step's ID. */
  page: string
  /** Whether the workspace shows the step's result. A page may know more: input that is not saved yet. */
  isDone: boolean
  /** What differs here from the real product, or what helps if the step can't be done in order. */
  note?: string
}

export type GuideStepId =
  | 'log-in'
  | 'add-connector'
  | 'choose-segment-connector'
  | 'name-connector'
  | 'free-email-providers'
  | 'copy-api-key'
  | 'open-catalog'
  | 'select-astrolabe'
  | 'add-destination'
  | 'choose-source'
  | 'name-destination'
  | 'paste-api-key'
  | 'enable-destination'
  | 'save-changes'

/** The process itself. */
export interface ConsoleStatus {
  version: string
  /** Where it listens, such as `http://127.0.0.1:4020`. */
  url: string
  /** Another value after a restart: everything was forgotten then. */
  run: string
  /** Whether the batch endpoint of Astrolabe is there (`--no-batch` leaves it out). */
  hasBatchEndpoint: boolean
  /** How many messages, Users, Accounts and events are kept (`--keep`). */
  keep: number
  /** Faults that are on now, as `--fault` takes them. */
  faults: string[]
}
