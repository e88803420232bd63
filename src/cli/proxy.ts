import https from 'node:https'

/**
 * Sends requests of `node:https` to a `https:` URL through the proxy that HTTPS_PROXY or ALL_PROXY names, unless NO_PROXY
 * excludes it. Plain `http:` goes to this machine only, and never through a proxy.
 *
 * @param url to which all requests go
 * @returns whether a proxy is used
 */
export async function useProxy(url: string): Promise<boolean> {
  if (!Object.keys(process.env).some((name) => /^(https|all)_proxy$/i.test(name)) || !/^https:/i.test(url)) {
    return false
  }
  // Few need them.
  const [{ getProxyForUrl }, { ProxyAgent }] = await Promise.all([import('proxy-from-env'), import('./proxy-agent')])
  const proxy = getProxyForUrl(url)
  const isUsed = /^https?:/.test(proxy)
  if (isUsed) {
    https.globalAgent = new ProxyAgent(proxy, { keepAlive: true })
  }
  return isUsed
}
