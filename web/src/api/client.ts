import { parseJson } from './json';
import type {
  Alert,
  CheckResult,
  ErrorBody,
  QueryRequest,
  QueryResult,
  Rules,
  SavedQuery,
  Session,
  Tables,
} from './types';

/** What the server answered instead of a result; `status` 0 means that it could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
  }

  /** True when the query text itself is wrong and the position of the mistake is known. */
  get hasPosition(): boolean {
    return this.body.line !== undefined && this.body.column !== undefined;
  }
}

const unauthorizedListeners = new Set<() => void>();

/** Calls `listener` whenever the server says that the session is over. Returns the way to stop. */
export function onUnauthorized(listener: () => void): () => void {
  unauthorizedListeners.add(listener);
  return () => unauthorizedListeners.delete(listener);
}

export const getSession = (signal?: AbortSignal): Promise<Session> => request('GET', '/api/session', { signal });
export const signIn = (key: string): Promise<Session> => request('POST', '/api/session', { body: { key } });
export const signOut = (): Promise<void> => request('DELETE', '/api/session');
export const getTables = (signal?: AbortSignal): Promise<Tables> => request('GET', '/api/tables', { signal });
export const getRules = (signal?: AbortSignal): Promise<Rules> => request('GET', '/api/rules', { signal });

export const runQuery = (query: QueryRequest, signal?: AbortSignal): Promise<QueryResult> =>
  request('POST', '/api/query', { body: query, signal });

export const checkQuery = (query: string, signal?: AbortSignal): Promise<CheckResult> =>
  request('POST', '/api/query/check', { body: { query }, signal });

export interface AlertFilter {
  readonly state?: Alert['state'];
  readonly id?: string;
  /** Id of a storm: its members. */
  readonly storm?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
}

export async function getAlerts(filter: AlertFilter, signal?: AbortSignal): Promise<readonly Alert[]> {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined) {
      parameters.set(name, String(value));
    }
  }

  const answer = await request<{ alerts: Alert[] }>('GET', `/api/alerts?${parameters}`, { signal });
  return answer.alerts;
}

export async function getSavedQueries(signal?: AbortSignal): Promise<readonly SavedQuery[]> {
  const answer = await request<{ queries: SavedQuery[] }>('GET', '/api/saved-queries', { signal });
  return answer.queries;
}

export const saveQuery = (name: string, query: string): Promise<SavedQuery> =>
  request('POST', '/api/saved-queries', { body: { name, query } });

export const updateSavedQuery = (id: string, name: string, query: string): Promise<SavedQuery> =>
  request('PUT', `/api/saved-queries/${encodeURIComponent(id)}`, { body: { name, query } });

export const deleteSavedQuery = (id: string): Promise<void> =>
  request('DELETE', `/api/saved-queries/${encodeURIComponent(id)}`);

interface RequestOptions {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options);
  const text = await response.text();
  if (response.ok) {
    return (text ? parseJson(text) : undefined) as T;
  }

  const error = new ApiError(response.status, errorBody(response, text));
  if (response.status === 401 && path !== '/api/session') {
    for (const listener of unauthorizedListeners) {
      listener();
    }
  }

  throw error;
}

export async function send(method: string, path: string, { body, signal }: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }

  try {
    return await fetch(path, { method, headers, body: body === undefined ? null : JSON.stringify(body), signal });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') {
      throw cause;
    }

    throw new ApiError(0, { code: 'unreachable', message: cause instanceof Error ? cause.message : String(cause) });
  }
}

export function errorBody(response: Response, text: string): ErrorBody {
  const fallback = { code: `http_${response.status}`, message: text.slice(0, 500) || response.statusText };
  try {
    const parsed = JSON.parse(text) as { error?: Partial<ErrorBody> };
    return parsed.error ? { ...fallback, ...parsed.error } : fallback;
  } catch {
    return fallback; // a proxy in between may answer with a page of its own
  }
}
