import type { ReactNode } from 'react'
import { ForDestination } from '../../ui/for-destination'
import { Page } from '../../ui/page'
import { TestBench } from './test-bench'

export function TestPage(): ReactNode {
  return (
    <Page
      title="Test"
      lead="Write an event and see what each mapping makes of it, while you type. Nothing is sent until you send it."
    >
      <ForDestination>{(id) => <TestBench key={id} destinationId={id} />}</ForDestination>
    </Page>
  )
}
