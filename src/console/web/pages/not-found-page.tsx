import type { ReactNode } from 'react'
import { ButtonLink } from '../ui/button'
import { Card, Page } from '../ui/page'
import { Empty } from '../ui/state'

export function NotFoundPage(): ReactNode {
  return (
    <Page title="Page not found">
      <Card>
        <Empty title="There is no page at this address" actions={<ButtonLink to="/">Start page</ButtonLink>}>
          Check the address, or choose a page from the navigation.
        </Empty>
      </Card>
    </Page>
  )
}
