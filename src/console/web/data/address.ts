import { useDeferredValue } from 'react'
import { useParams, useSearchParams } from 'wouter'

/** A text in the page's query, so that a search survives a reload and can be linked to. */
export function useQueryText(name: string): [text: string, deferred: string, set: (text: string) => void] {
  const [params, setParams] = useSearchParams()
  const text = params.get(name) ?? ''

  function set(next: string): void {
    setParams(
      (current) => {
        const changed = new URLSearchParams(current)
        if (next === '') {
          changed.delete(name)
        } else {
          changed.set(name, next)
        }
        return changed
      },
      { replace: true }
    )
  }

  return [text, useDeferredValue(text), set]
}

/**
 * A value in the page's address, such as the key of a User. The router decodes with `decodeURI`, which would take the
 * `%252F` of the key `%2F` for a slash, so the value is read from the address itself.
 *
 * @param position of the value among the parts of the path: 1 in `/users/:key`
 */
export function usePathValue(position: number): string {
  // The router renders the page again if the address changes.
  useParams()
  return decodeURIComponent(window.location.pathname.split('/')[position + 1] ?? '')
}
