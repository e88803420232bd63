import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Engage } from '../../../server/api'
import { useChange } from '../../data/use-api'
import { Button } from '../../ui/button'
import { Time } from '../../ui/details'
import { TextField } from '../../ui/field'
import { FieldWithButtons, Form } from '../../ui/form'
import { Card } from '../../ui/page'
import { Banner } from '../../ui/state'

const DAY = 86_400_000

/** "Now" for all conditions. Moved forward, it shows who leaves an audience. */
export function ReferenceDate({ engage }: { engage: Engage }): ReactNode {
  const { referenceDate, isReferenceDateMoved } = engage
  const [date, setDate] = useState('')
  const move = useChange('PUT /api/engage/reference-date')
  const days = (count: number) => new Date(Date.parse(referenceDate) + count * DAY).toISOString()
  return (
    <Card
      title="Reference date"
      aside={
        <span>
          {isReferenceDateMoved ? 'Moved to ' : 'Now: '}
          <Time at={referenceDate} />
        </span>
      }
    >
      <p>Conditions such as “in the last 30 days” count from this date. Move it to see Users leave an audience.</p>
      <Form onSubmit={() => date && move.mutate({ body: { date: new Date(date).toISOString() } })}>
        <FieldWithButtons>
          <TextField
            label="Move to"
            type="datetime-local"
            value={date}
            onChange={({ target }) => setDate(target.value)}
          />
          <Button type="submit" disabled={date === ''}>
            Move
          </Button>
          <Button onClick={() => move.mutate({ body: { date: days(1) } })}>1 day later</Button>
          <Button onClick={() => move.mutate({ body: { date: days(31) } })}>31 days later</Button>
          {isReferenceDateMoved && (
            <Button onClick={() => move.mutate({ body: { date: null } })}>Follow the clock again</Button>
          )}
        </FieldWithButtons>
        {move.error && <Banner kind="bad">{move.error.message}</Banner>}
      </Form>
    </Card>
  )
}
