import type { Count, Job, Report, Run } from '../api/types';
import { bytes, count, objects } from './numbers';
import { isEnd, lookOf, rank } from './states';
import { duration } from './times';

/** What was asked for, as a word: "Sync", "Dry run", "Plan". */
export function actionWord(run: Pick<Run, 'action' | 'dryRun'>): string {
  if (run.action === 'sync') return run.dryRun ? 'Dry run' : 'Sync';
  return { plan: 'Plan', validate: 'Validation', drift: 'Drift check', apply: 'Apply' }[run.action] ?? run.action;
}

/** Whether it looks only, so that its numbers are what would be done. */
export const isIntent = (run: Pick<Run, 'action' | 'dryRun'>) => run.dryRun || run.action === 'plan';

/** Whether it changes the destination. */
export const writes = (run: Pick<Run, 'action' | 'dryRun'>) => !run.dryRun && (run.action === 'sync' || run.action === 'apply');

const number = (report: Report, field: Count) => (typeof report[field] === 'number' ? report[field] : 0);

/** A run's facts in one sentence; empty where there are none. */
export function summary(run: Run): string {
  if (!isEnd(run.state)) return progressWords(run);
  const report = run.report ?? run.totals;
  // Of a run that did not come to its numbers, zeros would say that there was nothing.
  if (report === undefined || (run.report === undefined && STOPPED.has(run.state))) return run.message;
  if (run.report === undefined && (run.action === 'validate' || run.action === 'drift')) return counted(run.totals?.found ?? 0, run.totals?.unchanged ?? 0);
  if (run.action === 'validate') return validated(report);
  if (run.action === 'drift') return drifted(report);
  const what = moved(report, isIntent(run));
  const why = run.state === 'FAILED' || run.state === 'REFUSED' ? reasonOf(run) : '';
  if (why === '') return what;
  return CHANGES.some((field) => number(run.report ?? {}, field) > 0) ? `${what}. ${why}` : why;
}

const CHANGES = ['copied', 'overwritten', 'deleted', 'metadataUpdated', 'failed', 'stale'] as const;

const STOPPED: ReadonlySet<string> = new Set(['FAILED', 'LOCKED', 'INTERRUPTED', 'CANCELLED']);

const counted = (found: number, equal: number) => `${count(found)} ${found === 1 ? 'difference' : 'differences'}; ${count(equal)} unchanged`;

/** What was, or would be, done. */
export function moved(report: Report, intent: boolean): string {
  const verbs: [Count, string, string][] = [
    ['deleted', 'deleted', 'delete'],
    ['copied', 'copied', 'copy'],
    ['overwritten', 'overwrote', 'overwrite'],
    ['metadataUpdated', 'updated metadata of', 'update metadata of'],
  ];
  const done = verbs
    .filter(([field]) => number(report, field) > 0)
    .map(([field, past, would]) => `${intent ? would : past} ${count(number(report, field))}`);
  const rest = (['failed', 'stale', 'skipped'] as const)
    .filter((field) => number(report, field) > 0)
    .map((field) => `${count(number(report, field))} ${field}`);
  const what = done.length > 0 ? `${intent ? 'would ' : ''}${done.join(', ')}` : intent ? 'would change nothing' : 'changed nothing';
  const unchanged = number(report, 'unchanged');
  return [capital(what), ...rest, ...(unchanged > 0 ? [`${count(unchanged)} unchanged`] : [])].join('; ');
}

function validated(report: Report): string {
  const found = (
    [
      ['missing', 'missing'],
      ['mismatched', 'different'],
      ['extra', 'extra'],
      ['unreadable', 'unreadable'],
    ] as const
  )
    .filter(([field]) => number(report, field) > 0)
    .map(([field, word]) => `${count(number(report, field))} ${word}`);
  const matched = number(report, 'matched');
  return [...found, `${objects(matched)} ${matched === 1 ? 'matches' : 'match'}`].join('; ');
}

function drifted(report: Report): string {
  const found = (['edited', 'deleted', 'added', 'metadata'] as const)
    .filter((field) => number(report, field) > 0)
    .map((field) => `${count(number(report, field))} ${field === 'metadata' ? 'with edited metadata' : field}`);
  return found.length > 0 ? capital(found.join('; ')) : `Nobody changed anything; ${count(number(report, 'compared'))} compared`;
}

/** Whether schedules can be paused, or go on: a job that has some knows its next run, unless they rest. */
export const hasSchedules = (job: Job) => job.paused === true || job.nextRun !== null;

/** What it means that a run that ended lists no object. */
export function nothingOf(run: Run): string {
  if (run.action === 'validate' || run.action === 'drift') {
    if (run.state !== 'SUCCEEDED') return 'No finding is listed';
    return run.action === 'validate' ? 'Both sides are the same' : 'Nobody changed anything';
  }
  return isIntent(run) ? 'Nothing would be changed' : 'Nothing was changed';
}

/** How far it is, in words. */
export function progressWords(run: Run): string {
  if (run.state === 'QUEUED') return 'Waiting to start';
  const now = run.progress;
  if (now === undefined) return 'Starting';
  // A plan that is carried out compares nothing any more.
  const keys = Math.max(now.sourceKeys, now.destinationKeys);
  const words = [
    ...(keys > 0 ? [`compared ${count(keys)} keys`] : []),
    ...(now.planned > 0 ? [`${count(now.finished)} of ${count(now.planned)} changes ${isIntent(run) ? 'listed' : 'done'}`] : []),
  ];
  return words.length === 0 ? 'Starting' : capital(words.join('; '));
}

/** What took how long and moved how much: "21.3 MB in 12 s". */
export function effort(run: Run): string {
  const took = tookMillis(run);
  const moved = run.report === undefined || !writes(run) ? 0 : number(run.report, 'bytes');
  return [moved > 0 ? bytes(moved) : '', took === undefined ? '' : duration(took)].filter(Boolean).join(' in ');
}

/** Milliseconds from its start to its end, where it has both. */
export function tookMillis(run: Run): number | undefined {
  if (run.startedAt === null || run.endedAt === null) return undefined;
  return Math.max(0, Date.parse(run.endedAt) - Date.parse(run.startedAt));
}

/** Why it ended as it did, in the server's words. */
export function reasonOf(run: Run): string {
  const { report } = run;
  if (report?.problem) return report.problem.message;
  if (report?.gate?.verdict === 'CLOSED' && report.gate.reason) return report.gate.reason;
  return run.message;
}

/** One of two states of a run, whichever says more: answers and events overtake each other. */
export function newest(known: Run | undefined, told: Run): Run {
  if (known === undefined || known.id !== told.id) return told;
  const behind = rank(told.state) - rank(known.state) || depth(told) - depth(known);
  return behind < 0 ? known : told;
}

function depth(run: Run): number {
  if (isEnd(run.state)) return run.report === undefined ? 0 : 1;
  return run.progress === undefined ? 0 : run.progress.finished + run.progress.sourceKeys + run.progress.destinationKeys;
}

/** For whoever listens rather than looks: what a run's end means. */
export const ending = (run: Run) => `${actionWord(run)} of ${run.job}: ${lookOf(run.state).word}. ${summary(run)}`;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
