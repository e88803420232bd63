import https from 'node:https'

/**
 * Sends requests of `node:https` to this URL through a proxy, if there is one for it.
 *
 * @returns whether a proxy is used
 */
export async function useProxy(url: string): Promise<boolean> {
  const agent = await proxyAgentFor(url)
  https.globalAgent = agent ?? https.globalAgent
  return agent !== undefined
}

/**
 * What sends requests to a `https:` URL through the proxy that HTTPS_PROXY or ALL_PROXY names, unless NO_PROXY excludes it.
 * Undefined if there is no proxy for it. Plain `http:` goes to this machine only, and never through a proxy.
 */
export async function proxyAgentFor(url: string): Promise<https.Agent | undefined> {
  if (!Object.keys(process.env).some((name) => /^(https|all)_proxy$/i.test(name)) || !/^https:/i.test(url)) {
    return undefined
  }
  // Few need them.
  const [{ getProxyForUrl }, { ProxyAgent }] = await Promise.all([import('proxy-from-env'), import('./proxy-agent')])
  const proxy = getProxyForUrl(url)
  return /^https?:/.test(proxy) ? new ProxyAgent(proxy, { keepAlive: true }) : undefined
}
