import { describe, expect, it } from 'vitest';
import { next, PATIENCE, type Connection, type Effect, type Input } from './connection';

/** Everything that has to be done along the way, and where it ends. */
function after(...inputs: Input[]) {
  let state: Connection = { kind: 'off' };
  const effects: Effect[] = [];
  for (const input of inputs) {
    const step = next(state, input);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects };
}

const START: Input = { kind: 'start' };
const OPENED: Input = { kind: 'opened' };
const lost = (at: number): Input => ({ kind: 'lost', at });

describe('a connection', () => {
  it('is live once the stream opened', () => {
    expect(after(START, OPENED)).toEqual({ state: { kind: 'live' }, effects: ['open'] });
  });

  it('reads everything anew when the server does not know any more what was missed', () => {
    expect(after(START, OPENED, { kind: 'reset' }).effects).toEqual(['open', 'reread']);
  });

  it('lets the browser reconnect, and remembers since when it is cut off', () => {
    expect(after(START, OPENED, lost(7), lost(9)).state).toEqual({ kind: 'reconnecting', since: 7, tries: 2 });
    expect(after(START, OPENED, lost(7), lost(9), OPENED).state).toEqual({ kind: 'live' });
  });

  it('asks again and again when the stream stays lost, and stops once it is back', () => {
    const losses = Array.from({ length: PATIENCE }, (_, index) => lost(index));
    const polling = after(START, OPENED, ...losses);
    expect(polling).toEqual({ state: { kind: 'polling', since: 0 }, effects: ['open', 'close', 'poll', 'retry-later'] });
    const back = after(START, OPENED, ...losses, { kind: 'retry', at: 9 }, OPENED);
    expect(back.state).toEqual({ kind: 'live' });
    expect(back.effects.slice(-2)).toEqual(['open', 'stop-polling']);
  });

  it('asks at once when the browser gave up', () => {
    expect(after(START, { kind: 'closed', at: 3 })).toEqual({
      state: { kind: 'polling', since: 3 },
      effects: ['open', 'close', 'poll', 'retry-later'],
    });
  });

  it('goes on trying while it asks', () => {
    const still = after(START, { kind: 'closed', at: 3 }, { kind: 'retry', at: 4 }, { kind: 'closed', at: 5 });
    expect(still.state).toEqual({ kind: 'polling', since: 3 });
    expect(still.effects.slice(-3)).toEqual(['open', 'close', 'retry-later']);
  });

  it('rests while nobody looks, and reads anew afterwards', () => {
    expect(after(START, OPENED, { kind: 'hid' })).toEqual({ state: { kind: 'resting' }, effects: ['open', 'close', 'stop-polling'] });
    const back = after(START, OPENED, { kind: 'hid' }, lost(1), { kind: 'closed', at: 2 }, { kind: 'woke' });
    expect(back.state).toEqual({ kind: 'connecting' });
    expect(back.effects.slice(-3)).toEqual(['close', 'open', 'reread']);
  });

  it('does nothing after it was stopped', () => {
    const stopped = after(START, OPENED, { kind: 'stop' });
    expect(stopped.effects).toEqual(['open', 'close', 'stop-polling']);
    for (const late of [lost(1), { kind: 'closed', at: 1 }, { kind: 'reset' }, { kind: 'woke' }, { kind: 'retry', at: 1 }] as Input[]) {
      expect(next(stopped.state, late)).toEqual({ state: { kind: 'off' }, effects: [] });
    }
    expect(next(stopped.state, OPENED).effects).toEqual(['close']);
  });
});
