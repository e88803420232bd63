#!/bin/sh
# What your CI runs, after `npm ci`: starts a local Segment and Astrolabe, and tests your app against them.
set -e
port=${PORT:-4020}
node_modules/.bin/astrolabe-segment console --ready --port "$port" &
trap "kill $!" EXIT

export SEGMENT_HOST="http://127.0.0.1:$port"
export SEGMENT_WRITE_KEY=local-write-key-not-a-secret
npm test
