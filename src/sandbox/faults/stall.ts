import type { Misbehavior } from './misbehavior'
import { startAnswer } from './start-answer'

export interface StallFault {
  /** Silence before the head of the answer, or in the middle of its body. */
  stall: 'header' | 'body'
}

/** Takes the message and then falls silent, with the connection open. */
export function stall({ stall: where }: StallFault): Misbehavior {
  return {
    onSend: (payload, _request, reply) => {
      reply.hijack()
      if (where === 'body') {
        startAnswer(reply, payload)
      }
    }
  }
}
