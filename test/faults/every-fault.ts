import type { Expected, FaultCase } from './fault-case'

type Failure = Exclude<Expected, 'delivered'>

const REDIRECT: Failure = [
  'rejected',
  'Astrolabe responded with a redirect. It is not followed, because the API key must not reach another host. Contact team@astrolabe.so.'
]
const NO_BATCH_ENDPOINT: Failure = [
  'rejected',
  'This Astrolabe API has no batch endpoint. Turn "Enable Batching" off in this mapping.'
]
const RESULTS_UNREADABLE: Failure = [
  'retried',
  "Astrolabe's response does not contain one result for each event of the batch."
]

const rejected = (status: number): Failure => [
  'rejected',
  `Astrolabe rejected the event without a reason (status ${status}). Check the mapping of this action.`
]
const retried = (status: number): Failure => ['retried', `Astrolabe is temporarily unavailable (status ${status}).`]

const OWN_MESSAGE_400: Failure = ['rejected', 'The sandbox was told to respond with 400']
const OWN_MESSAGE_503: Failure = ['retried', 'The sandbox was told to respond with 503']

/** The results of each status without a message in its body. */
const STATUSES: [status: number, single: Failure, batch?: Failure][] = [
  [304, REDIRECT],
  [400, rejected(400)],
  [
    401,
    [
      'rejected',
      'Astrolabe does not accept the API key. Copy it again from the Segment.com connector in Astrolabe and paste it into the settings of this destination.'
    ]
  ],
  [
    403,
    [
      'rejected',
      'The API key is valid but may not send data. Check the Segment.com connector in Astrolabe, or contact team@astrolabe.so.'
    ]
  ],
  [404, ['rejected', 'Astrolabe accepts no data at this address. Contact team@astrolabe.so.'], NO_BATCH_ENDPOINT],
  [405, ['rejected', 'Astrolabe accepts no data at this address. Contact team@astrolabe.so.'], NO_BATCH_ENDPOINT],
  [408, retried(408)],
  [409, rejected(409)],
  [
    413,
    ['rejected', 'The event is larger than Astrolabe accepts. Map fewer or smaller traits, properties or context.'],
    [
      'rejected',
      'The batch is larger than Astrolabe accepts. Turn "Enable Batching" off in this mapping, or map fewer or smaller traits, properties or context.'
    ]
  ],
  [422, rejected(422)],
  [423, retried(423)],
  [429, ['retried', "Astrolabe's rate limit is exceeded."]],
  [431, rejected(431)],
  [500, retried(500)],
  [501, ['rejected', 'Astrolabe does not support this type of call. Turn this mapping off.'], NO_BATCH_ENDPOINT],
  [502, retried(502)],
  [503, retried(503)],
  [504, retried(504)],
  [520, retried(520)],
  [599, retried(599)]
]

const withoutMessage: FaultCase[] = STATUSES.flatMap(([status, single, batch = single]) => [
  { fault: `status=${status},body=empty`, single, batch },
  { fault: `status=${status},body=html`, single, batch }
])

/** Astrolabe's own message replaces the sentence, except if there is no batch endpoint. */
const withMessage: FaultCase[] = STATUSES.filter(([status]) => status >= 400).map(
  ([status, single, batch = single]) => {
    const says = ([outcome]: Failure): Expected => [outcome, `The sandbox was told to respond with ${status}`]
    return { fault: `status=${status}`, single: says(single), batch: batch === NO_BATCH_ENDPOINT ? batch : says(batch) }
  }
)

const large: FaultCase[] = [
  { fault: 'status=400,body=5mb', single: OWN_MESSAGE_400, batch: OWN_MESSAGE_400 },
  { fault: 'status=503,body=5mb', single: OWN_MESSAGE_503, batch: OWN_MESSAGE_503 }
]

/** Any 2xx confirms a message. In a batch, only its own result does. */
const confirming: FaultCase[] = [
  'status=200',
  'status=200,body=html',
  'status=200,body=empty',
  'status=200,body=5mb',
  'status=202,body=empty',
  'status=204,body=empty'
].map((fault) => ({ fault, single: 'delivered', batch: RESULTS_UNREADABLE, isAccepted: true }))

const redirects: FaultCase[] = [
  'redirect=host',
  'redirect=host,code=301',
  'redirect=host,code=302',
  'redirect=http',
  'redirect=http,code=308',
  'redirect=http + tls=valid',
  'redirect=self',
  'redirect=self,code=303'
].map((fault) => ({ fault, single: REDIRECT, batch: REDIRECT }))

const rateLimits: FaultCase[] = ['seconds', 'date'].map((form) => ({
  fault: `retry-after=${form}`,
  single: ['retried', 'The rate limit is exceeded'],
  batch: ['retried', 'The rate limit is exceeded']
}))

/** Astrolabe's own message quotes the key, so that it is not shown. */
const echo: FaultCase = { fault: 'echo=key', single: rejected(400), batch: rejected(400) }

const results: FaultCase[] = [
  { fault: 'results=short', single: 'delivered', batch: RESULTS_UNREADABLE, isAccepted: true },
  { fault: 'results=long', single: 'delivered', batch: RESULTS_UNREADABLE, isAccepted: true },
  { fault: 'results=not-json', single: 'delivered', batch: RESULTS_UNREADABLE, isAccepted: true },
  { fault: 'results=reversed', single: 'delivered', batch: 'delivered', isAccepted: true },
  {
    fault: 'results=mistyped',
    single: 'delivered',
    batch: ['retried', "Astrolabe's response does not contain a valid result for this event."],
    isAccepted: true
  }
]

/** Faults of a response. */
export const RESPONSE_FAULTS: FaultCase[] = [
  ...confirming,
  ...redirects,
  ...withoutMessage,
  ...withMessage,
  ...large,
  ...rateLimits,
  echo,
  ...results
]

const noResponse = (cause: string): Expected => ['retried', `Astrolabe did not respond (${cause}).`]

const HEAD_TIMED_OUT = noResponse('Request timed out after 10000ms')
const BODY_TIMED_OUT = noResponse('Response timeout while trying to fetch {url} (over 10000ms)')

const failed = (reason: string) => noResponse(`request to {url} failed, reason: ${reason}`)

const same = (
  fault: string,
  expected: Expected,
  more: Pick<FaultCase, 'isAccepted' | 'isCut' | 'timeout'> = {}
): FaultCase => ({
  fault,
  single: expected,
  batch: expected,
  ...more
})

/** In the middle of the response. */
const cut = (fault: string, reason: string): FaultCase =>
  same(fault, ['retried', new RegExp(`^Astrolabe did not respond \\(Invalid response body .+: (${reason})\\)\\.$`)], {
    isAccepted: true,
    isCut: true
  })

/** Faults of the connection. */
export const CONNECTION_FAULTS: FaultCase[] = [
  same('stall=header', HEAD_TIMED_OUT, { isAccepted: true, timeout: 'head' }),
  same('stall=body', BODY_TIMED_OUT, { isAccepted: true, timeout: 'body' }),
  same('drip=header,every=60000', HEAD_TIMED_OUT, { isAccepted: true, timeout: 'head' }),
  same('drip=body,every=60000', BODY_TIMED_OUT, { isAccepted: true, timeout: 'body' }),
  same('drip=header,every=1', 'delivered', { isAccepted: true }),
  same('drip=body,every=1', 'delivered', { isAccepted: true }),
  same('reset=before', failed('read ECONNRESET')),
  same('reset=during', failed('read ECONNRESET')),
  same('reset=after', failed('read ECONNRESET'), { isAccepted: true }),
  // A reset that comes along with the first half of the response looks like an end.
  cut('reset=response', 'read ECONNRESET|the connection ended in the middle of the response'),
  same('end=before', failed('socket hang up')),
  same('end=during', failed('socket hang up')),
  same('end=after', failed('socket hang up'), { isAccepted: true }),
  cut('end=response', 'the connection ended in the middle of the response'),
  cut('end=response + tls=valid', 'the connection ended in the middle of the response'),
  same('reset=before + tls=valid', failed('socket hang up')),
  same('reset=after + tls=valid', failed('socket hang up'), { isAccepted: true }),
  same('idle=close', failed('read ECONNRESET')),
  same('idle=close + tls=valid', failed('socket hang up')),
  // Node 24 adds advice.
  same('tls=untrusted', [
    'retried',
    /^Astrolabe did not respond \(request to \S+ failed, reason: self-signed certificate\b.*\)\.$/
  ]),
  same('tls=expired', failed('certificate has expired')),
  same(
    'tls=mismatched',
    failed("Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list: ")
  )
]
