import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Faults } from '../../server/api'
import { useApi, useChange } from '../data/use-api'
import { Button } from '../ui/button'
import { BareToggle, Toggle } from '../ui/choices'
import { Table } from '../ui/details'
import { TextField } from '../ui/field'
import { FieldWithButtons, Form } from '../ui/form'
import { Card, Page } from '../ui/page'
import { Banner, Loaded } from '../ui/state'
import styles from './faults-page.module.css'

/** The ways in which Astrolabe can fail, to switch on and off. */
export function FaultsPage(): ReactNode {
  const faults = useApi('GET /api/faults', {})
  const save = useChange('PUT /api/faults')
  const set = (active: string[]) => save.mutate({ body: { active } })
  return (
    <Page
      title="Faults"
      lead="Switch on a fault, send an event, and watch on its page how the destination retries. Faults stay on until you switch them off."
    >
      <Loaded query={faults}>
        {(value) => (
          <>
            {save.error && <Banner kind="bad">{save.error.message}</Banner>}
            <Card title="Common faults">
              <div className={styles.suggestions}>
                {value.suggestions.map(({ label, description, spec }) => (
                  <Toggle
                    key={spec}
                    label={label}
                    description={
                      <>
                        {description} <code className={styles.spec}>{spec}</code>
                      </>
                    }
                    isOn={value.active.includes(spec)}
                    onToggle={(isOn) =>
                      set(isOn ? [...value.active, spec] : value.active.filter((active) => active !== spec))
                    }
                  />
                ))}
              </div>
            </Card>
            <ActiveFaults faults={value} />
            <Card title="All faults" isFlush>
              <Table
                label="All faults"
                columns={['Fault', 'What it does']}
                isStacked
                rows={value.kinds}
                keyOf={({ usage }) => usage}
                cellsOf={({ usage, meaning }) => [
                  <code key="usage">{usage}</code>,
                  <div key="meaning" className={styles.meaning}>
                    {meaning}
                  </div>
                ]}
              />
            </Card>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function ActiveFaults({ faults: { active } }: { faults: Faults }): ReactNode {
  const save = useChange('PUT /api/faults')
  const set = (faults: string[]) => save.mutate({ body: { active: faults } })
  return (
    <Card
      title="Faults that are on"
      aside={active.length > 0 && <Button onClick={() => set([])}>Switch all off</Button>}
    >
      {active.length === 0 ? (
        <p>None. Astrolabe works as it should.</p>
      ) : (
        <ul className={styles.active}>
          {active.map((fault) => (
            <li key={fault}>
              <BareToggle label={fault} isOn onToggle={() => set(active.filter((other) => other !== fault))} />
              <code>{fault}</code>
            </li>
          ))}
        </ul>
      )}
      <OwnFault active={active} />
    </Card>
  )
}

/** A fault that is rejected stays in its field, to be corrected. */
function OwnFault({ active }: Pick<Faults, 'active'>): ReactNode {
  const [spec, setSpec] = useState('')
  const save = useChange('PUT /api/faults')
  return (
    <Form
      onSubmit={() => save.mutate({ body: { active: [...active, spec.trim()] } }, { onSuccess: () => setSpec('') })}
    >
      <FieldWithButtons>
        <TextField
          label="Your own fault"
          description="As in the table below, such as status=503,times=2."
          isMono
          value={spec}
          problem={save.error?.message}
          onChange={({ target }) => setSpec(target.value)}
        />
        <Button type="submit" disabled={spec.trim() === ''}>
          Switch on
        </Button>
      </FieldWithButtons>
    </Form>
  )
}
