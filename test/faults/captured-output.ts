/** All that is written to the console and to the process's own streams until mocks are restored. */
export function captureOutput(): { readonly text: string } {
  const written: unknown[] = []
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    jest.spyOn(console, method).mockImplementation((...values: unknown[]) => void written.push(...values))
  }
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream)
    // Passed on: Jest writes its report there.
    jest.spyOn(stream, 'write').mockImplementation((chunk: unknown) => {
      written.push(chunk)
      return write(chunk as string)
    })
  }
  return {
    get text() {
      return written.map(String).join('\n')
    }
  }
}
