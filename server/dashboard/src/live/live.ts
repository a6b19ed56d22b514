import { signal } from '@preact/signals';
import { urlOf } from '../api/client';
import * as api from '../api/client';
import type { Run } from '../api/types';
import { newest } from '../text/facts';
import { isEnd } from '../text/states';
import { next, type Connection, type Effect, type Input } from './connection';

const POLL_MILLIS = 5_000;
const RETRY_MILLIS = 20_000;
const AWAY_MILLIS = 30_000;
/** Runs whose newest state is remembered; the rest are read when they are looked at. */
const KEPT = 300;

/** How news come. */
export const connection = signal<Connection>({ kind: 'off' });

/** Rises when everything that is shown should be read anew. */
export const epoch = signal(0);

/** Rises when a run began or ended: jobs and lists of runs are others now. */
export const turn = signal(0);

/** Runs that something was heard of, by id. */
export const heard = signal<ReadonlyMap<string, Run>>(new Map());

let source: EventSource | undefined;
let polling: ReturnType<typeof setInterval> | undefined;
let retrying: ReturnType<typeof setTimeout> | undefined;
let hiding: ReturnType<typeof setTimeout> | undefined;

/** Takes what is newly known of a run. */
export function hear(run: Run) {
  const before = heard.value.get(run.id);
  const now = newest(before, run);
  if (now === before) return;
  const all = new Map(heard.value);
  all.delete(run.id);
  all.set(run.id, now);
  for (const id of all.keys()) {
    if (all.size <= KEPT) break;
    all.delete(id);
  }
  heard.value = all;
  if (before === undefined || isEnd(before.state) !== isEnd(now.state)) turn.value++;
}

/** The newest that is known of a run. */
export const latest = (run: Run): Run => newest(run, heard.value.get(run.id) ?? run);

const EFFECTS: Record<Effect, () => void> = {
  open() {
    source?.close();
    const opened = new EventSource(urlOf('api/v1/events'));
    source = opened;
    opened.onopen = () => take({ kind: 'opened' });
    opened.onerror = () => take({ kind: opened.readyState === EventSource.CLOSED ? 'closed' : 'lost', at: Date.now() });
    opened.addEventListener('reset', () => take({ kind: 'reset' }));
    for (const kind of ['run', 'progress']) opened.addEventListener(kind, (event) => told((event as MessageEvent<string>).data));
  },
  close() {
    source?.close();
    source = undefined;
  },
  reread() {
    epoch.value++;
  },
  poll() {
    clearInterval(polling);
    epoch.value++;
    polling = setInterval(() => {
      if (!document.hidden) epoch.value++;
    }, POLL_MILLIS);
  },
  'stop-polling'() {
    clearInterval(polling);
    clearTimeout(retrying);
    polling = undefined;
  },
  'retry-later'() {
    clearTimeout(retrying);
    retrying = setTimeout(() => take({ kind: 'retry', at: Date.now() }), RETRY_MILLIS);
  },
};

function take(input: Input) {
  const step = next(connection.value, input);
  connection.value = step.state;
  for (const effect of step.effects) EFFECTS[effect]();
}

function told(data: string) {
  try {
    hear(JSON.parse(data) as Run);
  } catch {
    // A cut-off event: the next one says as much.
  }
}

export const connect = () => take({ kind: 'start' });
export const disconnect = () => take({ kind: 'stop' });

/** Notices when nobody looks, and when somebody does again. */
export function watchAbsence() {
  const hide = () => take({ kind: 'hid' });
  const wake = () => take({ kind: 'woke' });
  addEventListener('online', wake);
  addEventListener('pagehide', hide);
  addEventListener('pageshow', (event) => {
    if (event.persisted) wake();
  });
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(hide, AWAY_MILLIS);
    else if (connection.value.kind === 'resting') wake();
  });
}

/** Reads a run and remembers it. */
export async function fetchRun(id: string, signal?: AbortSignal): Promise<Run> {
  const run = await api.run(id, signal);
  hear(run);
  return run;
}
