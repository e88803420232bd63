export { keyOf } from './computation'
export { Engage, InvalidComputationError } from './engage'
export type {
  AudienceDefinition,
  Computation,
  ComputationDefinition,
  ComputedTraitDefinition,
  Level
} from './computation'
export type { EngageCall } from './call'
export type { TraitValue } from './evaluate'
export type { ReceivedEvent, Subject } from './history'
