/** A file that a run writes. */
export interface OutputFile {
  file: string
  option: '--undelivered' | '--checkpoint' | '--report' | '--status'
  /** Whether the option names this file. Otherwise its name follows from the option's. */
  isNamed: boolean
}

/** All files that a run may write. */
export function outputFiles(named: {
  undelivered?: string
  checkpoint?: string
  report?: string
  status?: string
}): OutputFile[] {
  const { undelivered, checkpoint, report, status } = named
  const files: OutputFile[] = []
  if (undelivered !== undefined) {
    files.push({ file: undelivered, option: '--undelivered', isNamed: true })
  }
  if (checkpoint !== undefined) {
    files.push({ file: checkpoint, option: '--checkpoint', isNamed: true })
  }
  if (report !== undefined) {
    files.push({ file: report, option: '--report', isNamed: true })
  }
  if (status !== undefined) {
    files.push({ file: status, option: '--status', isNamed: true })
    files.push({ file: draftOf(status), option: '--status', isNamed: false })
  }
  if (checkpoint !== undefined) {
    const derived = [
      draftOf(checkpoint),
      lockOf(checkpoint),
      inputsBeside(checkpoint),
      ...(undelivered === undefined ? [undeliveredBeside(checkpoint)] : [])
    ]
    files.push(...derived.map((file) => ({ file, option: '--checkpoint', isNamed: false }) as const))
  }
  return files
}

/** The file of undelivered events, if no option names one. */
export function undeliveredBeside(checkpoint: string): string {
  return `${checkpoint}.undelivered.ndjson`
}

/** The file that lists the inputs of a checkpoint. */
export function inputsBeside(checkpoint: string): string {
  return `${checkpoint}.inputs`
}

/** The file that the next checkpoint or status is written to, before it replaces the one before. */
export function draftOf(checkpoint: string): string {
  return `${checkpoint}.new`
}

/** The file that names the process that uses the checkpoint. */
export function lockOf(checkpoint: string): string {
  return `${checkpoint}.lock`
}
