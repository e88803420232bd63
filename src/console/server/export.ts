import type { ExportFormat, MessageExport } from './api'
import type { MessageRecord } from './message-record'

export function exportMessage(record: MessageRecord, format: ExportFormat, _origin: string): MessageExport {
  return { format, language: 'json', text: JSON.stringify(record.event), fileName: 'x.json' }
}
