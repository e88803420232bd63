/**
 * The write key of a request: the user name of Basic authentication, or `writeKey` in the body. Clients that use OAuth
 * send a Bearer token, which is not checked here, and the key in the body.
 */
export function writeKeyOf(authorization: string | undefined, inBody: unknown): string | undefined {
  const [, credentials = ''] = /^basic\s+(.*)$/i.exec(authorization ?? '') ?? []
  const [userName] = Buffer.from(credentials, 'base64').toString('utf8').split(':')
  return userName || (typeof inBody === 'string' ? inBody : undefined)
}
