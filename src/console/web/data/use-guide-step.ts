import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { GuideStepId } from '../../server/api'
import { call } from './client'

/** Reports a step of the guide that only a page can know. It is ticked off once, so reporting it again does no harm. */
export function useGuideStep(): (step: GuideStepId) => void {
  const client = useQueryClient()
  return useCallback(
    (step) => {
      // The guide is a comfort: what the user does never fails because of it.
      call('POST /api/guide/:step', { params: { step } })
        .then(() => client.invalidateQueries({ queryKey: ['guide'] }))
        .catch(() => undefined)
    },
    [client]
  )
}
