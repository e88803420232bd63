import { describeFaults, faultSpec, FaultSpecError, parseFault } from '../../../src/sandbox/faults/spec'

describe('a fault', () => {
  it.each([
    ['status=503', { status: 503 }],
    ['status=200,body=5mb,times=2', { status: 200, body: '5mb', times: 2 }],
    ['retry-after=date,wait=60', { 'retry-after': 'date', wait: 60 }],
    ['redirect=self,code=302', { redirect: 'self', code: 302 }],
    ['stall=header', { stall: 'header' }],
    ['drip=body,every=10', { drip: 'body', every: 10 }],
    ['reset=during', { reset: 'during' }],
    ['end=response', { end: 'response' }],
    ['idle=close', { idle: 'close' }],
    ['results=not-json', { results: 'not-json' }],
    ['echo=key', { echo: 'key' }],
    ['tls=expired,times=1', { tls: 'expired', times: 1 }]
  ])('is written as %s', (spec, fault) => {
    expect(parseFault(spec)).toEqual(fault)
    expect(faultSpec(parseFault(spec))).toBe(spec)
  })

  it.each(['', 'crash', 'times=1', 'toString=1', '__proto__=1'])(
    'that does not exist (%j) is reported with the list of faults',
    (spec) => {
      expect(() => parseFault(spec)).toThrow(
        new FaultSpecError(
          `There is no fault ${JSON.stringify(spec.split('=')[0])}. The faults are:\n${describeFaults()}`
        )
      )
    }
  )

  it.each([
    ['status', '"status="'],
    ['status=199', '"status=199"'],
    ['status=600', '"status=600"'],
    ['status=5e2', '"status=5e2"'],
    ['status=503,body=xml', '"body=xml"'],
    ['status=503,wait=1', '"wait=1"'],
    ['status=503,times=0', '"times=0"'],
    ['status=503,status=200', '"status=200"'],
    ['status=503,toString=1', '"toString=1"'],
    ['status=503,', '"="']
  ])('with a wrong value (%s) is reported with the valid ones', (spec, wrong) => {
    expect(() => parseFault(spec)).toThrow(
      new FaultSpecError(
        `${wrong} is not valid here. Write status=200..599[,body=json|html|empty|5mb][,times=N], without spaces.`
      )
    )
  })
})

describe('the list of faults', () => {
  const lines = describeFaults().split('\n')

  it('has the usage and the meaning of each', () => {
    expect(lines.flatMap((line) => /^ {2}([a-z-]+)=/.exec(line)?.[1] ?? [])).toEqual([
      'status',
      'retry-after',
      'redirect',
      'stall',
      'drip',
      'reset',
      'end',
      'idle',
      'results',
      'echo',
      'tls'
    ])
    expect(lines).toHaveLength(22)
  })

  it('fits into 80 columns', () => {
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  })
})
