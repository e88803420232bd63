/** Code that sends the first calls to a source with one of Segment's clients, ready to be pasted and run. */
export interface Snippet {
  id: 'node' | 'browser' | 'npm' | 'react-native' | 'python' | 'ruby' | 'go' | 'php' | 'java' | 'csharp' | 'curl'
  /** Such as "Node.js". */
  label: string
  /** For syntax highlighting, such as `javascript`. */
  language: string
  /** How to install the client, such as `npm install @segment/analytics-node`. */
  install?: string
  code: string
}

export interface SnippetValues {
  /** The source's origin, such as `http://127.0.0.1:4010`. */
  origin: string
  /** The host and port of the origin, for clients that take them apart. */
  host: string
  port: number
  writeKey: string
}
