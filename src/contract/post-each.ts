import type { Answer } from './answer'
import type { Client } from './client'

/** Posts messages with the API key, one after the other. */
export async function postEach(client: Client, messages: unknown[]): Promise<Answer[]> {
  return postEachText(
    client,
    messages.map((message) => JSON.stringify(message))
  )
}

/** The same with texts, which may be no JSON at all. */
export async function postEachText(client: Client, texts: string[]): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const text of texts) {
    answers.push(await client.postText('/events', text))
  }
  return answers
}
