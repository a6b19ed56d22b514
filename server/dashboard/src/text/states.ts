import type { State } from '../api/types';

/** How urgent it looks. */
export type Tone = 'good' | 'info' | 'notice' | 'bad' | 'quiet';

/** Each shape stands for one thing, so that a state is told without its colour. */
export type Shape = 'check' | 'dash' | 'dots' | 'spin' | 'stop' | 'diamond' | 'half' | 'octagon' | 'cross' | 'slash' | 'lock' | 'bolt' | 'pause' | 'hand';

export type Look = { word: string; shape: Shape; tone: Tone };

const LOOKS: Record<State, Look> = {
  QUEUED: { word: 'Queued', shape: 'dots', tone: 'info' },
  RUNNING: { word: 'Running', shape: 'spin', tone: 'info' },
  CANCELLING: { word: 'Cancelling', shape: 'stop', tone: 'info' },
  SUCCEEDED: { word: 'Succeeded', shape: 'check', tone: 'good' },
  NOTHING_TO_DO: { word: 'Nothing to do', shape: 'dash', tone: 'good' },
  FINDINGS: { word: 'Differences', shape: 'diamond', tone: 'notice' },
  PARTIAL: { word: 'Partial', shape: 'half', tone: 'notice' },
  REFUSED: { word: 'Refused', shape: 'octagon', tone: 'bad' },
  FAILED: { word: 'Failed', shape: 'cross', tone: 'bad' },
  CANCELLED: { word: 'Cancelled', shape: 'slash', tone: 'quiet' },
  LOCKED: { word: 'Locked', shape: 'lock', tone: 'notice' },
  INTERRUPTED: { word: 'Interrupted', shape: 'bolt', tone: 'notice' },
};

/** A state that this version does not know is shown by its word. */
export const lookOf = (state: string): Look =>
  LOOKS[state as State] ?? { word: sentenceCase(state), shape: 'dots', tone: 'quiet' };

export const NEVER: Look = { word: 'Never run', shape: 'dots', tone: 'quiet' };
export const PAUSED: Look = { word: 'Paused', shape: 'pause', tone: 'quiet' };
export const WAITING: Look = { word: 'Needs approval', shape: 'hand', tone: 'notice' };

export const STATES = Object.keys(LOOKS) as State[];

const ORDER: Partial<Record<string, number>> = { QUEUED: 0, RUNNING: 1, CANCELLING: 2 };

/** Whether nothing more becomes of it. */
export const isEnd = (state: string) => ORDER[state] === undefined;

/** How far along: an answer that says less than what is known already came late. */
export const rank = (state: string) => ORDER[state] ?? 3;

/** The outcome of one object. */
export function outcomeLook(outcome: string): Look {
  switch (outcome) {
    case 'DONE':
      return { word: 'Done', shape: 'check', tone: 'good' };
    case 'PLANNED':
      return { word: 'Planned', shape: 'dots', tone: 'info' };
    case 'FAILED':
      return { word: 'Failed', shape: 'cross', tone: 'bad' };
    case 'STALE':
      return { word: 'Stale', shape: 'half', tone: 'notice' };
    case 'SKIPPED':
      return { word: 'Skipped', shape: 'slash', tone: 'quiet' };
    case 'NOT_RUN':
      return { word: 'Not run', shape: 'dash', tone: 'quiet' };
    case 'FOUND':
      return { word: 'Found', shape: 'diamond', tone: 'notice' };
    default:
      return { word: sentenceCase(outcome), shape: 'dots', tone: 'quiet' };
  }
}

/** `TOO_LARGE` → "Too large". */
export function sentenceCase(word: string): string {
  const text = word.replaceAll('_', ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
