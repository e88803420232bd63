import type { Definition } from './catalog-view'
import type { FieldProblem, Mapping } from './api'

export function checkMapping(_mapping: Omit<Mapping, 'id'>, _definition: Definition): FieldProblem[] {
  return []
}
