import type { Snippet, SnippetValues } from './snippet'

/** For `segment-analytics-python` 2. */
export function python({ origin, writeKey }: SnippetValues): Snippet {
  return {
    id: 'python',
    label: 'Python',
    language: 'python',
    install: 'pip install segment-analytics-python',
    code: `import segment.analytics as analytics

analytics.write_key = '${writeKey}'
analytics.host = '${origin}'

analytics.identify('userId123', {'email': 'john.doe@example.com'})
analytics.group('userId123', '0e8c78ea9d97a7b8185e8632', {'name': 'Initech'})
analytics.track('userId123', 'User Registered', {'plan': 'Pro Annual'})

analytics.shutdown()
`
  }
}

/** For `analytics-ruby` 2, which ignores `ssl: false` (`options[:ssl] ||= SSL` in its transport). */
export function ruby({ host, port, writeKey }: SnippetValues): Snippet {
  return {
    id: 'ruby',
    label: 'Ruby',
    language: 'ruby',
    install: 'gem install analytics-ruby',
    code: `require 'segment/analytics'

# The client has no working option for http.
Segment::Analytics::Transport.prepend(Module.new do
  def initialize(options = {})
    super
    @http.use_ssl = false
  end
end)

analytics = Segment::Analytics.new(write_key: '${writeKey}', host: '${host}', port: ${port})

analytics.identify(user_id: 'userId123', traits: { email: 'john.doe@example.com' })
analytics.group(user_id: 'userId123', group_id: '0e8c78ea9d97a7b8185e8632', traits: { name: 'Initech' })
analytics.track(user_id: 'userId123', event: 'User Registered', properties: { plan: 'Pro Annual' })

analytics.flush
`
  }
}

/** For `segmentio/analytics-php` 3, which has `https://` in a property that only a subclass can change. */
export function php({ host, port, writeKey }: SnippetValues): Snippet {
  return {
    id: 'php',
    label: 'PHP',
    language: 'php',
    install: 'composer require segmentio/analytics-php',
    code: `<?php

require 'vendor/autoload.php';

use Segment\\Segment;

class PlainHttp extends \\Segment\\Consumer\\LibCurl
{
    protected string $protocol = 'http://';
}

Segment::init('${writeKey}', [
    'host' => '${host}:${port}',
    'consumer' => PlainHttp::class,
    'ssl' => false,
]);

Segment::identify(['userId' => 'userId123', 'traits' => ['email' => 'john.doe@example.com']]);
Segment::group(['userId' => 'userId123', 'groupId' => '0e8c78ea9d97a7b8185e8632', 'traits' => ['name' => 'Initech']]);
Segment::track(['userId' => 'userId123', 'event' => 'User Registered', 'properties' => ['plan' => 'Pro Annual']]);

Segment::flush();
`
  }
}

export function curl({ origin, writeKey }: SnippetValues): Snippet {
  const call = (type: string, body: object) => `curl ${origin}/v1/${type} \\
  -u '${writeKey}:' \\
  -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(body)}'
`
  return {
    id: 'curl',
    label: 'curl',
    language: 'bash',
    code: [
      call('identify', { userId: 'userId123', traits: { email: 'john.doe@example.com' } }),
      call('group', { userId: 'userId123', groupId: '0e8c78ea9d97a7b8185e8632', traits: { name: 'Initech' } }),
      call('track', { userId: 'userId123', event: 'User Registered', properties: { plan: 'Pro Annual' } })
    ].join('\n')
  }
}
