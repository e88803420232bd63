import type { Expected, Row } from './expected'

type Refusal = Exclude<Expected, 'confirmed'>

const REDIRECT: Refusal = [
  'refused',
  'Astrolabe responded with a redirect. It is not followed, because the API key must not reach another host. Contact team@astrolabe.so.'
]
const NO_BATCH_ENDPOINT: Refusal = [
  'refused',
  'This Astrolabe API has no batch endpoint. Turn "Enable Batching" off in this mapping.'
]
const RESULTS_UNREADABLE: Refusal = [
  'try again',
  "Astrolabe's response does not contain one result for each event of the batch."
]

const refused = (status: number): Refusal => [
  'refused',
  `Astrolabe rejected the event without a reason (status ${status}). Check the mapping of this action.`
]
const tryAgain = (status: number): Refusal => ['try again', `Astrolabe is temporarily unavailable (status ${status}).`]

const SPOKEN_400: Refusal = ['refused', 'The sandbox was told to respond with 400']
const SPOKEN_503: Refusal = ['try again', 'The sandbox was told to respond with 503']

/** What silence at each status means, for one event and for each of a batch. */
const SILENCE: [status: number, alone: Refusal, batch?: Refusal][] = [
  [304, REDIRECT],
  [400, refused(400)],
  [
    401,
    [
      'refused',
      'Astrolabe does not accept the API key. Copy it again from the Segment.com connector in Astrolabe and paste it into the settings of this destination.'
    ]
  ],
  [
    403,
    [
      'refused',
      'The API key is valid but may not send data. Check the Segment.com connector in Astrolabe, or contact team@astrolabe.so.'
    ]
  ],
  [404, ['refused', 'Astrolabe accepts no data at this address. Contact team@astrolabe.so.'], NO_BATCH_ENDPOINT],
  [405, ['refused', 'Astrolabe accepts no data at this address. Contact team@astrolabe.so.'], NO_BATCH_ENDPOINT],
  [408, tryAgain(408)],
  [409, refused(409)],
  [
    413,
    ['refused', 'The event is larger than Astrolabe accepts. Map fewer or smaller traits, properties or context.'],
    [
      'refused',
      'The batch is larger than Astrolabe accepts. Turn "Enable Batching" off in this mapping, or map fewer or smaller traits, properties or context.'
    ]
  ],
  [422, refused(422)],
  [423, tryAgain(423)],
  [429, ['try again', "Astrolabe's rate limit is exceeded."]],
  [431, refused(431)],
  [500, tryAgain(500)],
  [501, ['refused', 'Astrolabe does not support this type of call. Turn this mapping off.'], NO_BATCH_ENDPOINT],
  [502, tryAgain(502)],
  [503, tryAgain(503)],
  [504, tryAgain(504)],
  [520, tryAgain(520)],
  [599, tryAgain(599)]
]

const silent: Row[] = SILENCE.flatMap(([status, alone, batch = alone]) => [
  { fault: `status=${status},body=empty`, alone, batch },
  { fault: `status=${status},body=html`, alone, batch }
])

/** Astrolabe's own message is shown instead, but to a batch where there is no batch endpoint. */
const speaking: Row[] = SILENCE.filter(([status]) => status >= 400).map(([status, alone, batch = alone]) => {
  const says = ([outcome]: Refusal): Expected => [outcome, `The sandbox was told to respond with ${status}`]
  return { fault: `status=${status}`, alone: says(alone), batch: batch === NO_BATCH_ENDPOINT ? batch : says(batch) }
})

const large: Row[] = [
  { fault: 'status=400,body=5mb', alone: SPOKEN_400, batch: SPOKEN_400 },
  { fault: 'status=503,body=5mb', alone: SPOKEN_503, batch: SPOKEN_503 }
]

/** 2xx says that a message was taken, whatever comes with it. Of a batch, each result has to say so. */
const done: Row[] = [
  'status=200',
  'status=200,body=html',
  'status=200,body=empty',
  'status=200,body=5mb',
  'status=202,body=empty',
  'status=204,body=empty'
].map((fault) => ({ fault, alone: 'confirmed', batch: RESULTS_UNREADABLE, isTaken: true }))

const redirects: Row[] = [
  'redirect=host',
  'redirect=host,code=301',
  'redirect=host,code=302',
  'redirect=http',
  'redirect=http,code=308',
  'redirect=http + tls=valid',
  'redirect=self',
  'redirect=self,code=303'
].map((fault) => ({ fault, alone: REDIRECT, batch: REDIRECT }))

const rateLimits: Row[] = ['seconds', 'date'].map((form) => ({
  fault: `retry-after=${form}`,
  alone: ['try again', 'The rate limit is exceeded'],
  batch: ['try again', 'The rate limit is exceeded']
}))

const echo: Row = {
  fault: 'echo=key',
  alone: ['refused', 'Not with [API key], [API key], [API key], [API key], [API key], Basic [API key]'],
  batch: ['refused', 'Not with [API key], [API key], [API key], [API key], [API key], Basic [API key]']
}

const results: Row[] = [
  { fault: 'results=short', alone: 'confirmed', batch: RESULTS_UNREADABLE, isTaken: true },
  { fault: 'results=long', alone: 'confirmed', batch: RESULTS_UNREADABLE, isTaken: true },
  { fault: 'results=not-json', alone: 'confirmed', batch: RESULTS_UNREADABLE, isTaken: true },
  { fault: 'results=reversed', alone: 'confirmed', batch: 'confirmed', isTaken: true },
  {
    fault: 'results=mistyped',
    alone: 'confirmed',
    batch: ['try again', "Astrolabe's response does not contain a valid result for this event."],
    isTaken: true
  }
]

/** Astrolabe answers, but not as it should. */
export const ANSWERS: Row[] = [...done, ...redirects, ...silent, ...speaking, ...large, ...rateLimits, echo, ...results]
