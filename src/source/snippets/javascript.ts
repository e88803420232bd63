import type { Snippet, SnippetValues } from './snippet'

/** For `@segment/analytics-node` 3. */
export function node({ origin, writeKey }: SnippetValues): Snippet {
  return {
    id: 'node',
    label: 'Node.js',
    language: 'javascript',
    install: 'npm install @segment/analytics-node',
    code: `import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({ writeKey: '${writeKey}', host: '${origin}' })

analytics.identify({ userId: 'userId123', traits: { email: 'john.doe@example.com' } })
analytics.group({ userId: 'userId123', groupId: '0e8c78ea9d97a7b8185e8632', traits: { name: 'Initech' } })
analytics.track({ userId: 'userId123', event: 'User Registered', properties: { plan: 'Pro Annual' } })

await analytics.closeAndFlush()
`
  }
}

/** For pages without a bundler: loads `@segment/analytics-next` 1 in the way of Segment's snippet 5. */
export function browser({ origin, writeKey }: SnippetValues): Snippet {
  return {
    id: 'browser',
    label: 'Browser',
    language: 'html',
    code: `<script>
  !(function () {
    var analytics = (window.analytics = window.analytics || [])
    if (analytics.initialize || analytics.invoked) return
    analytics.invoked = true
    // In a snippet that you copied from Segment, add this line and replace https://cdn.segment.com by its value.
    analytics._cdn = '${origin}'
    analytics._writeKey = '${writeKey}'
    // Keeps calls until the client has loaded.
    var methods = ['identify', 'track', 'page', 'screen', 'group', 'alias', 'reset', 'ready', 'on', 'once', 'off']
    methods.forEach(function (method) {
      analytics[method] = function () {
        if (window.analytics.initialized) return window.analytics[method].apply(window.analytics, arguments)
        analytics.push([method].concat(Array.prototype.slice.call(arguments)))
        return analytics
      }
    })
    var script = document.createElement('script')
    script.async = true
    script.src = analytics._cdn + '/analytics.js/v1/' + analytics._writeKey + '/analytics.min.js'
    document.head.appendChild(script)
  })()

  analytics.page()
  analytics.identify('userId123', { email: 'john.doe@example.com' })
  analytics.group('0e8c78ea9d97a7b8185e8632', { name: 'Initech' })
  analytics.track('User Registered', { plan: 'Pro Annual' })
</script>
`
  }
}

/** For pages with a bundler, by `@segment/analytics-next` 1. */
export function npm({ origin, writeKey }: SnippetValues): Snippet {
  return {
    id: 'npm',
    label: 'Browser (npm)',
    language: 'javascript',
    install: 'npm install @segment/analytics-next',
    code: `import { AnalyticsBrowser } from '@segment/analytics-next'

const analytics = AnalyticsBrowser.load({ writeKey: '${writeKey}', cdnURL: '${origin}' })

analytics.page()
analytics.identify('userId123', { email: 'john.doe@example.com' })
analytics.group('0e8c78ea9d97a7b8185e8632', { name: 'Initech' })
analytics.track('User Registered', { plan: 'Pro Annual' })
`
  }
}

/** For `@segment/analytics-react-native` 2. */
export function reactNative({ origin, port, writeKey }: SnippetValues): Snippet {
  return {
    id: 'react-native',
    label: 'React Native',
    language: 'javascript',
    install:
      'npm install @segment/analytics-react-native @segment/sovran-react-native react-native-get-random-values @react-native-async-storage/async-storage',
    code: `import { createClient } from '@segment/analytics-react-native'

// On Android, first run: adb reverse tcp:${port} tcp:${port}
const analytics = createClient({
  writeKey: '${writeKey}',
  proxy: '${origin}/v1',
  cdnProxy: '${origin}/v1',
  useSegmentEndpoints: true,
  flushInterval: 1
})

analytics.identify('userId123', { email: 'john.doe@example.com' })
analytics.group('0e8c78ea9d97a7b8185e8632', { name: 'Initech' })
analytics.track('User Registered', { plan: 'Pro Annual' })
`
  }
}
