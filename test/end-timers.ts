/** Nobody waits for a timeout: until mocks are restored, timers of just this length end at once. */
export function endTimersOf(milliseconds: number): void {
  const original = global.setTimeout
  jest
    .spyOn(global, 'setTimeout')
    .mockImplementation((callback: () => void, delay?: number) =>
      original(callback, delay === milliseconds ? 0 : delay)
    )
}
