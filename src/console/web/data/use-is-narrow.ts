import { useSyncExternalStore } from 'react'

const QUERY = matchMedia('(max-width: 720px)')

/** Whether rows have two lines, as in the style sheets' `@media (max-width: 720px)`. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => QUERY.matches)
}

function subscribe(listener: () => void): () => void {
  QUERY.addEventListener('change', listener)
  return () => QUERY.removeEventListener('change', listener)
}
