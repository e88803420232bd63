/** Whether bytes start a gzip member. No JSON starts with the same two bytes. */
export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}
