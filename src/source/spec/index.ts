export { SPEC_CALLS } from './calls'
export { checkEvent } from './check-event'
export type { SpecField } from './fields'
