import type { S3Client, S3ClientConfig, S3ServiceException } from '@aws-sdk/client-s3'
import { ObjectError } from '../delivery/inputs/objects'
import type { ObjectStore, StoredObject } from '../delivery/inputs/objects'
import { proxyAgentFor } from './proxy'
import { UsageError } from './terminal'

type Sdk = typeof import('@aws-sdk/client-s3')

/** Milliseconds. A connection that is silent for longer is given up, and opened again. */
const SOCKET_TIMEOUT = 30_000
const CONNECTION_TIMEOUT = 10_000

/**
 * Amazon S3, or the store that AWS_ENDPOINT_URL_S3 or the profile names. Credentials come from where AWS's SDK finds them.
 *
 * @throws UsageError if the SDK is not installed
 */
export async function openS3(socketTimeout = SOCKET_TIMEOUT): Promise<ObjectStore> {
  const sdk = await loadSdk()
  const client = await createClient(sdk, socketTimeout)
  return {
    async *list(bucket, prefix, limit) {
      let next: string | undefined
      do {
        const page = await client
          .send(
            new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: limit, ContinuationToken: next })
          )
          .catch(rethrow)
        yield (page.Contents ?? []).map(({ Key = '', Size = 0, ETag = '' }): StoredObject => {
          return { key: Key, size: Size, etag: ETag }
        })
        next = limit === undefined ? page.NextContinuationToken : undefined
      } while (next !== undefined)
    },
    async read(bucket, { key, etag }, start, signal) {
      const range = start > 0 ? `bytes=${start}-` : undefined
      const { Body, ContentRange = '' } = await client
        .send(new sdk.GetObjectCommand({ Bucket: bucket, Key: key, IfMatch: etag, Range: range }), {
          abortSignal: signal
        })
        .catch(rethrow)
      if (range !== undefined && !ContentRange.startsWith(`bytes ${start}-`)) {
        throw new ObjectError('the connection broke, and the store ignores Range, so the rest is missing', undefined)
      }
      // The cast: in Node a body is this stream, and the SDK's type has those of browsers too.
      return Body as NodeBody
    }
  }
}

type NodeBody = Awaited<ReturnType<ObjectStore['read']>>

async function loadSdk(): Promise<Sdk> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  try {
    return await import('@aws-sdk/client-s3')
  } catch (error) {
    // A package that the SDK itself misses has the same code.
    if (/^Cannot find (package|module) '@aws-sdk\/client-s3'/.test((error as Error).message)) {
      throw new UsageError(
        'Reading from s3:// needs the AWS SDK. Run npm install @aws-sdk/client-s3, or npm install -g @aws-sdk/client-s3 if this command is installed globally.',
        { cause: error }
      )
    }
    throw error
  }
}

async function createClient({ S3Client }: Sdk, socketTimeout: number): Promise<S3Client> {
  const options: S3ClientConfig = {
    // A body that breaks would hang in the check. Gzip has a checksum of its own.
    responseChecksumValidation: 'WHEN_REQUIRED'
  }
  const { config } = new S3Client(options)
  // The SDK looks at AWS_REGION and the profile only.
  const region = await config.region().catch(() => process.env.AWS_DEFAULT_REGION || 'us-east-1')
  const endpoint = await config.serviceConfiguredEndpoint?.()
  const agent = await proxyAgentFor(endpoint ?? `https://s3.${region}.amazonaws.com`)
  return new S3Client({
    ...options,
    region,
    // Hosts of most other stores have no names for their buckets.
    forcePathStyle: endpoint !== undefined,
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT, socketTimeout, httpsAgent: agent }
  })
}

function rethrow(error: unknown): never {
  // The cast: only properties that may be missing are read.
  const { name = '', $metadata, code, message } = Object(error) as Partial<S3ServiceException & { code: string }>
  const status = $metadata?.httpStatusCode
  const isTemporary = status === undefined ? name !== 'CredentialsProviderError' : status >= 500 || status === 429
  throw new ObjectError(describe(error, { name, status, text: message ?? code ?? name }), error, isTemporary)
}

/** Half a sentence. It quotes no response: that may hold anything. */
function describe(error: unknown, { name, status, text }: { name: string; status?: number; text: string }): string {
  switch (name) {
    case 'CredentialsProviderError':
      return `there are no AWS credentials (${text.replace(/\.$/, '')}). Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`
    case 'NoSuchBucket':
      return 'there is no such bucket'
    case 'NoSuchKey':
      return 'the object is gone'
    case 'PreconditionFailed':
      return 'the object was replaced after this run found it'
    case 'InvalidObjectState':
      return 'the object is in an archive class, such as Glacier. Restore it first'
    case 'PermanentRedirect':
    case 'AuthorizationHeaderMalformed':
    case 'IllegalLocationConstraintException':
      return `the bucket is in another region. Set AWS_REGION to ${regionIn(error) ?? 'its region'}`
    case 'ExpiredToken':
    case 'TokenRefreshRequired':
      return 'the AWS credentials have expired. Sign in again, for example with aws sso login'
  }
  if (name === 'AccessDenied' || (status === 403 && /^(Forbidden|UnknownError|403)?$/.test(name))) {
    return 'access denied. The credentials need s3:ListBucket for the bucket and s3:GetObject for its objects'
  }
  if (status === 401 || status === 403) {
    return `S3 rejects the credentials (${name}). Check the key ID, its secret and the clock of this machine`
  }
  return status === undefined
    ? `S3 can't be reached: ${text.replace(/\.$/, '')}`
    : `S3 responded with ${status} ${name}`
}

function regionIn(error: unknown): string | undefined {
  // The cast: only properties that may be missing are read.
  const { Region, $response } = error as { Region?: string; $response?: { headers?: Record<string, string> } }
  return $response?.headers?.['x-amz-bucket-region'] ?? Region
}
