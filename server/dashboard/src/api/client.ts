import type { About, Caller, Channel, Delivery, Findings, Job, Objects, Plan, Run, RunRequest, Runs, Trouble } from './types';
import { ProblemError, UNREACHABLE, problemIn } from './problem';

/** Beside this page, under whatever path a proxy puts it. */
const BASE = typeof document === 'undefined' ? 'http://localhost/' : new URL('.', document.baseURI).href;

export const urlOf = (path: string) => new URL(path, BASE).href;

const TIMEOUT_MILLIS = 30_000;

type Query = Record<string, string | undefined>;

/** Called when an answer says that nobody is signed in. */
let signedOut: () => void = () => {};

export function onSignedOut(listener: () => void) {
  signedOut = listener;
}

async function ask(method: string, path: string, options: { query?: Query; body?: unknown; headers?: Record<string, string>; signal?: AbortSignal } = {}): Promise<Response> {
  const url = new URL(`api/v1/${path}`, BASE);
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== undefined && value !== '') url.searchParams.set(name, value);
  }
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (method !== 'GET') headers['X-Replicator-Request'] = '1';
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  const limit = AbortSignal.timeout(TIMEOUT_MILLIS);
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: options.signal === undefined ? limit : AbortSignal.any([options.signal, limit]),
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
  } catch (thrown) {
    if (options.signal?.aborted) throw thrown;
    throw new ProblemError(UNREACHABLE);
  }
  if (response.ok) return response;
  const problem = problemIn(response.status, await response.text(), response.headers.get('Retry-After'));
  if (response.status === 401 && path !== 'session') signedOut();
  throw new ProblemError(problem);
}

async function read<T>(path: string, signal?: AbortSignal, query?: Query): Promise<T> {
  const response = await ask('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) });
  return (await response.json()) as T;
}

const name = encodeURIComponent;

export const me = () => read<Caller>('me');
export const about = (signal?: AbortSignal) => read<About>('about', signal);

export async function signIn(token: string): Promise<Caller> {
  return (await (await ask('POST', 'session', { body: { token } })).json()) as Caller;
}

export const signOut = () => ask('DELETE', 'session');

export const jobs = (signal?: AbortSignal) => read<{ items: Job[] }>('jobs', signal);
export const job = (of: string, signal?: AbortSignal) => read<Job>(`jobs/${name(of)}`, signal);
export const jobStatus = (of: string, signal?: AbortSignal) => read<Record<string, unknown>>(`jobs/${name(of)}/status`, signal);

export async function setPaused(of: string, paused: boolean): Promise<Job> {
  return (await (await ask('POST', `jobs/${name(of)}/${paused ? 'pause' : 'resume'}`)).json()) as Job;
}

/** Starts a run; sent twice with the same key it starts once. */
export async function start(of: string, request: RunRequest, key: string): Promise<Run> {
  const response = await ask('POST', `jobs/${name(of)}/runs`, { body: request, headers: { 'Idempotency-Key': key } });
  return (await response.json()) as Run;
}

export const runs = (query: Query, signal?: AbortSignal) => read<Runs>('runs', signal, query);
export const run = (id: string, signal?: AbortSignal) => read<Run>(`runs/${name(id)}`, signal);
export const objects = (id: string, query: Query, signal?: AbortSignal) => read<Objects>(`runs/${name(id)}/objects`, signal, query);

export const troubles = (id: string, signal?: AbortSignal) => read<{ items: Trouble[] }>(`runs/${name(id)}/failures`, signal);

export async function cancel(id: string): Promise<Run> {
  return (await (await ask('POST', `runs/${name(id)}/cancel`)).json()) as Run;
}

/** A plan, and the tag by which a decision names the very one that was read. */
export type TaggedPlan = { plan: Plan; tag: string };

export async function plan(id: string, signal?: AbortSignal): Promise<TaggedPlan> {
  const response = await ask('GET', `plans/${name(id)}`, signal ? { signal } : {});
  const read = (await response.json()) as Plan;
  return { plan: read, tag: response.headers.get('ETag') ?? `"${read.digest}"` };
}

export async function decide(id: string, verdict: 'approve' | 'reject', comment: string, tag: string): Promise<Plan> {
  const response = await ask('POST', `plans/${name(id)}/${verdict}`, {
    body: comment === '' ? {} : { comment },
    headers: { 'If-Match': tag },
  });
  return (await response.json()) as Plan;
}

export async function apply(id: string, tag: string): Promise<Run> {
  return (await (await ask('POST', `plans/${name(id)}/apply`, { headers: { 'If-Match': tag } })).json()) as Run;
}

export const findings = (of: string, what: 'validation' | 'drift', query: Query, signal?: AbortSignal) =>
  read<Findings>(`jobs/${name(of)}/${what}`, signal, { delimiter: '/', ...query });

export const channels = (signal?: AbortSignal) => read<{ items: Channel[] }>('notifications', signal);

export async function testChannel(of: string): Promise<Delivery> {
  return (await (await ask('POST', `notifications/${name(of)}/test`)).json()) as Delivery;
}
