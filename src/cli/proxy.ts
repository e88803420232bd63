import https from 'node:https'

/**
 * Sends the destination's requests to a `https:` URL through the proxy that HTTPS_PROXY or ALL_PROXY names, unless NO_PROXY
 * excludes it. Plain `http:` goes to this machine only, and never through a proxy.
 *
 * @param url that the destination sends to
 */
export async function useProxy(url: string): Promise<void> {
  if (!Object.keys(process.env).some((name) => /^(https|all)_proxy$/i.test(name)) || !/^https:/i.test(url)) {
    return
  }
  // Few need them.
  const [{ getProxyForUrl }, { ProxyAgent }] = await Promise.all([import('proxy-from-env'), import('./proxy-agent')])
  const proxy = getProxyForUrl(url)
  if (/^https?:/.test(proxy)) {
    https.globalAgent = new ProxyAgent(proxy, { keepAlive: true })
  }
}
