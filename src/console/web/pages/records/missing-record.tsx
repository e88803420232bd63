import type { ReactNode } from 'react'
import { ButtonLink } from '../../ui/button'
import { Card, Page } from '../../ui/page'
import { Empty } from '../../ui/state'

interface MissingRecordProps {
  /** "User", "Account", "event" or "message". */
  noun: string
  list: { label: string; to: string }
}

export function MissingRecord({ noun, list }: MissingRecordProps): ReactNode {
  return (
    <Page title={`No such ${noun}`} crumbs={[list]}>
      <Card>
        <Empty
          title={`The console does not have this ${noun}`}
          actions={<ButtonLink to={list.to}>{list.label}</ButtonLink>}
        >
          It keeps a limited number and forgets everything when it stops. Send the call again to see it here.
        </Empty>
      </Card>
    </Page>
  )
}
