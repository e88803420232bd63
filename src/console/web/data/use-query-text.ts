import { useDeferredValue } from 'react'
import { useSearchParams } from 'wouter'

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
