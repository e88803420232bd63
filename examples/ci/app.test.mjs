import assert from 'node:assert/strict'
import { before, it } from 'node:test'
import { ConsoleClient } from '@astrolabe/segment-destination/console'
import { completeOrder, flush, signUp } from './app.mjs'

const astrolabe = new ConsoleClient({ origin: process.env.SEGMENT_HOST })

before(async () => {
  await astrolabe.untilReady()
  await astrolabe.reset()
})

it('makes a new customer a User of an Account', async () => {
  signUp({ id: 'ada', email: 'ada@example.com', company: { id: 'initech', name: 'Initech' } })
  await flush()

  const message = await astrolabe.waitForMessage({ type: 'group', title: 'initech' })
  assert.equal(message.outcome, 'delivered', message.sentence)
  assert.equal((await astrolabe.user('ada')).traitValues.email, 'ada@example.com')
  assert.equal((await astrolabe.account('initech')).traitValues.name, 'Initech')
})

it('records an order', async () => {
  completeOrder({ userId: 'ada', total: 25 })
  await flush()

  const message = await astrolabe.waitForMessage({ type: 'track', title: 'Order Completed', user: 'ada' })
  assert.equal(message.outcome, 'delivered', message.sentence)
  assert.equal(message.event.properties.total, 25)
})
