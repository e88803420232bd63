import { useParams } from 'wouter'

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
