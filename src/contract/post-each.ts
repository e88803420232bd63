import type { Answer } from './answer'
import type { Client } from './client'

/** Posts messages with the API key, one after the other. */
export async function postEach(client: Client, messages: unknown[]): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const message of messages) {
    answers.push(await client.post('/events', message))
  }
  return answers
}
