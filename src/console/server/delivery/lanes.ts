/** A task of one lane. It gets the number of its lane and never rejects. */
type Task = (lane: number) => Promise<void>

/** Runs tasks at the same time, but those with the same key in their order: a User's later traits must not be overtaken. */
export class Lanes {
  private readonly queues: Task[][]

  constructor(count: number) {
    this.queues = Array.from({ length: count }, () => [])
  }

  add(key: string, task: Task): void {
    const lane = hash(key) % this.queues.length
    const queue = this.queues[lane]
    queue.push(task)
    if (queue.length === 1) {
      void this.run(lane)
    }
  }

  /** Starts no more tasks. */
  close(): void {
    this.queues.forEach((queue) => queue.splice(1))
  }

  private async run(lane: number): Promise<void> {
    const queue = this.queues[lane]
    for (let task = queue.at(0); task; task = queue.at(0)) {
      await task(lane)
      queue.shift()
    }
  }
}

function hash(text: string): number {
  let value = 0
  for (let index = 0; index < text.length; index++) {
    value = (value * 31 + text.charCodeAt(index)) >>> 0
  }
  return value
}
