import type { Snippet, SnippetValues } from './snippet'

/** For `github.com/segmentio/analytics-go/v3`. */
export function go({ origin, writeKey }: SnippetValues): Snippet {
  return {
    id: 'go',
    label: 'Go',
    language: 'go',
    install: 'go get github.com/segmentio/analytics-go/v3',
    code: `package main

import (
	"log"

	analytics "github.com/segmentio/analytics-go/v3"
)

func main() {
	client, err := analytics.NewWithConfig("${writeKey}", analytics.Config{Endpoint: "${origin}"})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	client.Enqueue(analytics.Identify{
		UserId: "userId123",
		Traits: analytics.NewTraits().SetEmail("john.doe@example.com"),
	})
	client.Enqueue(analytics.Group{
		UserId:  "userId123",
		GroupId: "0e8c78ea9d97a7b8185e8632",
		Traits:  analytics.NewTraits().SetName("Initech"),
	})
	client.Enqueue(analytics.Track{
		UserId:     "userId123",
		Event:      "User Registered",
		Properties: analytics.NewProperties().Set("plan", "Pro Annual"),
	})
}
`
  }
}

/** For `com.segment.analytics.java:analytics` 3. */
export function java({ origin, writeKey }: SnippetValues): Snippet {
  return {
    id: 'java',
    label: 'Java',
    language: 'java',
    install: "implementation 'com.segment.analytics.java:analytics:+'",
    code: `import com.segment.analytics.Analytics;
import com.segment.analytics.messages.GroupMessage;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.TrackMessage;
import java.util.Map;

public class Example {
  public static void main(String[] args) {
    Analytics analytics = Analytics.builder("${writeKey}").endpoint("${origin}").build();

    analytics.enqueue(
        IdentifyMessage.builder().userId("userId123").traits(Map.of("email", "john.doe@example.com")));
    analytics.enqueue(
        GroupMessage.builder("0e8c78ea9d97a7b8185e8632").userId("userId123").traits(Map.of("name", "Initech")));
    analytics.enqueue(
        TrackMessage.builder("User Registered").userId("userId123").properties(Map.of("plan", "Pro Annual")));

    analytics.flush();
    analytics.shutdown();
  }
}
`
  }
}

/** For `Segment.Analytics.CSharp` 2, which puts `https://` before every host unless its HTTP client is replaced. */
export function csharp({ host, port, writeKey }: SnippetValues): Snippet {
  return {
    id: 'csharp',
    label: 'C#',
    language: 'csharp',
    install: 'dotnet add package Segment.Analytics.CSharp',
    code: `using Segment.Analytics;
using Segment.Analytics.Utilities;
using Segment.Serialization;

// flushAt: 1 sends each call at once. A Flush() before the client has its settings sends nothing.
var analytics = new Analytics(new Configuration("${writeKey}",
    flushAt: 1,
    apiHost: "${host}:${port}/v1",
    cdnHost: "${host}:${port}/v1",
    storageProvider: new InMemoryStorageProvider(),
    httpClientProvider: new PlainHttpClientProvider()));

analytics.Identify("userId123", new JsonObject { ["email"] = "john.doe@example.com" });
analytics.Group("0e8c78ea9d97a7b8185e8632", new JsonObject { ["name"] = "Initech" });
analytics.Track("User Registered", new JsonObject { ["plan"] = "Pro Annual" });

await Task.Delay(3000); // The client sends in the background.

class PlainHttpClient : DefaultHTTPClient
{
    public PlainHttpClient(string apiKey, string apiHost, string cdnHost) : base(apiKey, apiHost, cdnHost) { }

    public override string SegmentURL(string host, string path) => "http://" + host + path;
}

class PlainHttpClientProvider : IHTTPClientProvider
{
    public HTTPClient CreateHTTPClient(string apiKey, string apiHost = null, string cdnHost = null) =>
        new PlainHttpClient(apiKey, apiHost, cdnHost);
}
`
  }
}
