/** The typed client of the API (docs/design/api.md). One error shape; a conflict carries what is there now. */

export interface Where {
  source?: string | null
  line?: number | null
  column?: number | null
}

/** What went wrong, in the four parts that every message of Détente has. */
export interface Problem {
  what: string
  where?: string | Where | null
  rule?: string | null
  next?: string | null
}

export class ApiError extends Error implements Problem {
  readonly what: string
  readonly where: string | null
  readonly rule: string | null
  readonly next: string | null

  constructor(
    readonly status: number,
    problem: Problem,
  ) {
    super(problem.what)
    this.name = 'ApiError'
    this.what = problem.what
    this.where = place(problem.where)
    this.rule = problem.rule ?? null
    this.next = problem.next ?? null
  }
}

/** Somebody else changed the thing since it was read; `current` is what is there now. */
export class Conflict<T = unknown> extends ApiError {
  constructor(
    problem: Problem,
    readonly current: T,
  ) {
    super(409, problem)
    this.name = 'Conflict'
  }
}

export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>

interface Call {
  query?: Query
  body?: unknown
  signal?: AbortSignal
}

/** Return an address under /api; empty values are left out, lists are joined by commas. */
export function address(path: string, query: Query = {}): string {
  const asked = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '' || value === false) continue
    asked.set(key, Array.isArray(value) ? value.join(',') : String(value))
  }
  const tail = asked.toString()
  return `/api/${path}${tail ? `?${tail}` : ''}`
}

async function call<T>(method: string, path: string, { query, body, signal }: Call): Promise<T> {
  const init: RequestInit = { method, signal: signal ?? null, credentials: 'same-origin' }
  if (body instanceof Blob) {
    init.body = body
    init.headers = { 'content-type': 'application/octet-stream' }
  } else if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { 'content-type': 'application/json' }
  }
  let response: Response
  try {
    response = await fetch(address(path, query), init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(0, {
      what: 'The workbench does not answer.',
      rule: '`detente serve` must be running; what was saved is kept.',
      next: 'Start it again, then try again.',
    })
  }
  const said: unknown = isJson(response) ? await response.json() : await response.text()
  if (response.ok) return said as T
  throw failure(response.status, said)
}

function isJson(response: Response): boolean {
  return (response.headers.get('content-type') ?? '').includes('json')
}

function failure(status: number, said: unknown): ApiError {
  const wrapped = said as { error?: Problem & { current?: unknown }; current?: unknown } | null
  const problem = wrapped && typeof wrapped === 'object' ? wrapped.error : undefined
  if (!problem?.what) {
    const next = status === 401 ? 'Open the address that `detente serve` printed.' : null
    return new ApiError(status, { what: `The workbench answered ${status}.`, next })
  }
  if (status === 409) return new Conflict(problem, problem.current ?? wrapped?.current)
  return new ApiError(status, problem)
}

function place(where: Problem['where']): string | null {
  if (!where || typeof where === 'string') return where || null
  return [where.source, where.line, where.column].filter((part) => part != null).join(':') || null
}

/** Return any thrown thing as a problem that can be shown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error
  return { what: error instanceof Error ? error.message : String(error) }
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
    call<T>('GET', path, { ...(query && { query }), ...(signal && { signal }) }),
  post: <T>(path: string, body?: unknown, query?: Query): Promise<T> =>
    call<T>('POST', path, { body: body ?? {}, ...(query && { query }) }),
  patch: <T>(path: string, body: unknown): Promise<T> => call<T>('PATCH', path, { body }),
  delete: <T>(path: string): Promise<T> => call<T>('DELETE', path, {}),
}
