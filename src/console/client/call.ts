import type { Problem, Route, RouteParams, Routes } from '../server/api'

/** What a route needs: the names in its path, its query and its body. */
export type CallOptions<R extends Route> = ParamsOf<R> & QueryOf<R> & BodyOf<R> & Connection

interface Connection {
  /** Where the console runs, such as `http://127.0.0.1:4020`. Default: where the page comes from. */
  origin?: string
  signal?: AbortSignal
}

export type ResponseOf<R extends Route> = Routes[R]['response']

/** A response that is not 2xx, or none at all (`status` is 0 then). Its message is a sentence to show. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly status: number,
    readonly problem: Problem
  ) {
    super(problem.message)
  }

  /** What is wrong with one field of the form. */
  problemOf(field: string): string | undefined {
    return this.problem.fields?.find((problem) => problem.field === field)?.message
  }
}

/**
 * Calls a route of the console's API.
 *
 * @throws ApiError
 */
export async function call<R extends Route>(route: R, options: CallOptions<R>): Promise<ResponseOf<R>> {
  // TypeScript does not resolve the conditional types of a generic route.
  const { params = {}, query = {}, body, origin = '', signal } = options as UntypedOptions
  const [method, path] = route.split(' ')
  const response = await fetch(`${origin}${withQuery(withParams(path, params), query)}`, {
    method,
    signal,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  }).catch((error: unknown) => {
    if (signal?.aborted) {
      throw error
    }
    throw new ApiError(0, { message: 'The console does not respond. Is it still running?' })
  })
  const text = await response.text()
  if (!response.ok) {
    throw new ApiError(response.status, problemIn(text, response))
  }
  return (text ? JSON.parse(text) : undefined) as ResponseOf<R>
}

type ParamsOf<R extends Route> = keyof RouteParams<R> extends never
  ? { params?: undefined }
  : { params: RouteParams<R> }
type QueryOf<R extends Route> = Routes[R] extends { query: infer Query extends object }
  ? { query?: Query }
  : { query?: undefined }
type BodyOf<R extends Route> = Routes[R] extends { body: infer Body } ? { body: Body } : { body?: undefined }

interface UntypedOptions extends Connection {
  params?: Record<string, string>
  query?: object
  body?: unknown
}

/** @throws ApiError for a name that can't be one in a path, so that the URL would be that of another route */
function withParams(path: string, params: Record<string, string>): string {
  return path.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    const { [name]: value = '' } = params
    if (/^\.{0,2}$/.test(value)) {
      throw new ApiError(404, { message: `The console has nothing by the name "${value}".` })
    }
    return encodeURIComponent(value)
  })
}

function withQuery(path: string, query: object): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      search.set(name, String(value))
    }
  }
  return search.size > 0 ? `${path}?${search}` : path
}

function problemIn(text: string, { status }: Response): Problem {
  try {
    const problem = JSON.parse(text) as Partial<Problem>
    if (typeof problem.message === 'string') {
      return { ...problem, message: problem.message }
    }
  } catch {
    // Not JSON: the status has to do.
  }
  return { message: `The console responded with status ${status}.` }
}
