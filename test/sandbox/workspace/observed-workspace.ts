import type { Message } from '../../../src/sandbox/messages/schema'
import type { Change } from '../../../src/sandbox/workspace/changes'
import { Workspace } from '../../../src/sandbox/workspace/workspace'

/** A workspace with one connector, and all that changes in it. */
export function observedWorkspace(keep?: number) {
  const workspace = new Workspace(keep)
  const connector = workspace.connectors.add({ name: 'Website' })
  const changes: Change[] = []
  workspace.onChange((change) => changes.push(change))
  const receive = (...messages: Message[]) => {
    messages.forEach((message) => workspace.receive(message, JSON.stringify(message), connector))
  }
  return { workspace, connector, changes, receive }
}
