import type { ReactNode } from 'react'
import { Redirect } from 'wouter'
import { useApi } from '../data/use-api'
import { Loaded } from '../ui/state'

/** The first page of the guide's next step, or the debugger once all steps are done. */
export function HomePage(): ReactNode {
  const guide = useApi('GET /api/guide', {})
  return <Loaded query={guide}>{({ isDone }) => <Redirect to={isDone ? '/debugger' : '/connectors'} replace />}</Loaded>
}
