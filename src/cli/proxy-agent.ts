import type { ClientRequest } from 'node:http'
import { HttpsProxyAgent } from 'https-proxy-agent'

/** Opens connections through a proxy. A refusal is an error, or it would look like a response of Astrolabe. */
export class ProxyAgent extends HttpsProxyAgent<string> {
  override async connect(request: ClientRequest, options: Parameters<HttpsProxyAgent<string>['connect']>[1]) {
    let status = 200
    request.once('proxyConnect', ({ statusCode }: { statusCode: number }) => (status = statusCode))
    const socket = await super.connect(request, options).catch(unreachable)
    if (status !== 200) {
      socket.destroy()
      throw refusal(status)
    }
    return socket
  }
}

/** Otherwise, the host of the API would be blamed. */
function unreachable(error: unknown): never {
  // The cast: only strings are read.
  const { code = '', message = '' } = Object(error) as NodeJS.ErrnoException
  const isPermanent = code === 'ECONNREFUSED' || code === 'ENOTFOUND'
  throw Object.assign(new Error(`the proxy in HTTPS_PROXY can't be reached: ${message || code}`, { cause: error }), {
    code: isPermanent ? 'ERR_PROXY_UNREACHABLE' : undefined
  })
}

/** A status below 500 does not pass by itself: see the circuit breaker. */
function refusal(status: number): Error {
  return Object.assign(new Error(`the proxy in HTTPS_PROXY refused to connect, with status ${status}`), {
    code: status < 500 ? 'ERR_PROXY_TUNNEL' : undefined
  })
}
