import { parseFilter } from '../../runtime'
import type { Filter as ParsedFilter } from '../../runtime'
import type { Filter, FilterChanges, NewFilter } from './api'
import { found, RequestError } from './request-error'

interface Entry {
  filter: Filter
  parsed: ParsedFilter
}

/** The filters of one destination. */
export class DestinationFilters {
  private readonly entries = new Map<string, Entry>()
  private count = 0

  all(): Filter[] {
    return [...this.entries.values()].map(({ filter }) => filter)
  }

  /** Ready for the runtime. */
  enabled(): ParsedFilter[] {
    return [...this.entries.values()].flatMap(({ filter, parsed }) => (filter.isEnabled ? [parsed] : []))
  }

  /** @throws RequestError (422 with the problems of each field) */
  add(filter: NewFilter): Filter {
    const id = `filter-${this.count + 1}`
    const saved = this.save({ ...filter, id, isEnabled: true })
    this.count++
    return saved
  }

  /** @throws RequestError (404, or 422 with the problems of each field) */
  change(id: string, changes: FilterChanges): Filter {
    return this.save({ ...this.get(id), ...changes })
  }

  /** @throws RequestError (404) if there is no such filter */
  remove(id: string): void {
    this.get(id)
    this.entries.delete(id)
  }

  private get(id: string): Filter {
    return found(this.entries.get(id)?.filter, 'filter')
  }

  private save({ id, title, condition, action, isEnabled }: Omit<Filter, 'warnings'>): Filter {
    const parsed = parseFilter({ title, if: condition, actions: [action] })
    if ('problems' in parsed) {
      const fields = parsed.problems.map(({ field, message }) => ({ field: FIELDS[field], message }))
      throw new RequestError(422, 'This filter is not valid, so it was not saved.', fields)
    }
    const { filter, warnings } = parsed
    const saved = { id, title, condition, action, isEnabled, warnings }
    this.entries.set(id, { filter: saved, parsed: filter })
    return saved
  }
}

/** The Public API's names, and those of the form. */
const FIELDS = { if: 'condition', actions: 'action', enabled: 'isEnabled' } as const
