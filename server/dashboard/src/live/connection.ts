/**
 * How the dashboard hears of what happens. Events come over one stream; where it stays closed, the API is asked again and
 * again instead, while the stream is tried anew from time to time.
 */
export type Connection =
  | { kind: 'off' }
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'reconnecting'; since: number; tries: number }
  | { kind: 'polling'; since: number }
  /** Nobody looks. A browser has six connections to a server, and a stream in each of six tabs would take them all. */
  | { kind: 'resting' };

export type Input =
  | { kind: 'start' }
  | { kind: 'opened' }
  /** The browser lost the stream and tries by itself. */
  | { kind: 'lost'; at: number }
  /** The browser gave the stream up: it was answered with something else. */
  | { kind: 'closed'; at: number }
  | { kind: 'reset' }
  /** Nobody has looked at the page for a while, or it was left. */
  | { kind: 'hid' }
  /** The page is looked at again, or has a network again. */
  | { kind: 'woke' }
  /** Time to try the stream again. */
  | { kind: 'retry'; at: number }
  | { kind: 'stop' };

/** What has to be done besides. */
export type Effect = 'open' | 'close' | 'reread' | 'poll' | 'stop-polling' | 'retry-later';

/** Losses in a row after which asking is the better way. */
export const PATIENCE = 3;

/** The next state, and what has to be done. Pure. */
export function next(state: Connection, input: Input): { state: Connection; effects: Effect[] } {
  switch (input.kind) {
    case 'start':
      return state.kind === 'off' ? { state: { kind: 'connecting' }, effects: ['open'] } : { state, effects: [] };
    case 'stop':
      return { state: { kind: 'off' }, effects: state.kind === 'off' ? [] : ['close', 'stop-polling'] };
    case 'opened':
      if (state.kind === 'off' || state.kind === 'resting') return { state, effects: ['close'] };
      return { state: { kind: 'live' }, effects: state.kind === 'polling' ? ['stop-polling'] : [] };
    case 'reset':
      return { state, effects: isSilent(state) ? [] : ['reread'] };
    case 'lost':
      return lost(state, input.at);
    case 'closed':
      if (isSilent(state)) return { state, effects: [] };
      if (state.kind === 'polling') return { state, effects: ['close', 'retry-later'] };
      return { state: { kind: 'polling', since: sinceOf(state, input.at) }, effects: ['close', 'poll', 'retry-later'] };
    case 'hid':
      return state.kind === 'off' ? { state, effects: [] } : { state: { kind: 'resting' }, effects: ['close', 'stop-polling'] };
    case 'woke':
      if (state.kind === 'off' || state.kind === 'connecting') return { state, effects: [] };
      // A stream that died while nobody looked does not say so.
      return { state: state.kind === 'resting' ? { kind: 'connecting' } : state, effects: ['close', 'open', 'reread'] };
    case 'retry':
      return { state, effects: state.kind === 'polling' ? ['open'] : [] };
  }
}

function lost(state: Connection, at: number): { state: Connection; effects: Effect[] } {
  if (isSilent(state) || state.kind === 'polling') return { state, effects: [] };
  const tries = state.kind === 'reconnecting' ? state.tries + 1 : 1;
  const since = sinceOf(state, at);
  if (tries < PATIENCE) return { state: { kind: 'reconnecting', since, tries }, effects: [] };
  return { state: { kind: 'polling', since }, effects: ['close', 'poll', 'retry-later'] };
}

const isSilent = (state: Connection) => state.kind === 'off' || state.kind === 'resting';

const sinceOf = (state: Connection, at: number) => (state.kind === 'reconnecting' ? state.since : at);
