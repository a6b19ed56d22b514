import type { Job, Plan, Run } from '../api/types';
import { moved, reasonOf, summary, writes } from './facts';
import { count } from './numbers';
import { isEnd, lookOf, NEVER, WAITING, type Look } from './states';

/** What somebody should look at, why, and the one thing to do next. */
export type Attention = { look: Look; reason: string; at: string; next: string; href: string };

/** Where a job stands. */
export type Standing = 'good' | 'running' | 'failed' | 'differs' | 'waiting' | 'paused' | 'never';

const LEVELS: Record<string, number> = { bad: 0, notice: 1 };

/**
 * What needs attention about a job, the most urgent first. A failure is over with the next success of its kind; findings are
 * over once something was synced after them.
 *
 * @param runs of the job, newest first
 * @param plan the newest plan, if it waits for somebody
 */
export function attention(job: Job, runs: readonly Run[], plan: Plan | undefined): Attention[] {
  const ended = runs.filter((run) => isEnd(run.state));
  const write = ended.find(writes);
  const found: Attention[] = [];
  if (plan?.state === 'OPEN') {
    found.push({
      look: WAITING,
      reason: moved(plan.report ?? {}, true),
      at: plan.createdAt,
      next: 'Review the plan',
      href: `#/plans/${encodeURIComponent(plan.id)}`,
    });
  }
  if (write !== undefined && !isFine(write)) found.push(ofWrite(write));
  for (const action of ['validate', 'drift'] as const) {
    const look = ended.find((run) => run.action === action);
    if (look === undefined || isFine(look)) continue;
    const settled = write !== undefined && isFine(write) && write.createdAt > look.createdAt;
    if (!settled) found.push(ofLook(job, look));
  }
  return found.sort((a, b) => level(a) - level(b) || b.at.localeCompare(a.at));
}

const level = (item: Attention) => LEVELS[item.look.tone] ?? 2;

// Whoever cancelled it knows.
const isFine = (run: Run) => run.state === 'SUCCEEDED' || run.state === 'NOTHING_TO_DO' || run.state === 'CANCELLED';

function ofWrite(run: Run): Attention {
  const failed = run.report?.failed ?? 0;
  return {
    look: lookOf(run.state),
    reason: reasonOf(run) || summary(run),
    at: run.endedAt ?? run.createdAt,
    next: failed > 0 ? `See ${count(failed)} ${failed === 1 ? 'failure' : 'failures'}` : 'See why',
    href: `#/runs/${encodeURIComponent(run.id)}`,
  };
}

function ofLook(job: Job, run: Run): Attention {
  const found = run.state === 'FINDINGS';
  const where = run.action === 'drift' ? 'drift' : 'validation';
  return {
    look: lookOf(run.state),
    reason: found ? summary(run) : reasonOf(run),
    at: run.endedAt ?? run.createdAt,
    next: found ? (run.action === 'drift' ? 'See what changed' : 'See differences') : 'See why',
    href: found ? `#/jobs/${encodeURIComponent(job.name)}/${where}` : `#/runs/${encodeURIComponent(run.id)}`,
  };
}

/** In one word. */
export function standing(job: Job, needs: readonly Attention[]): Standing {
  if (job.lastRun !== null && !isEnd((job.lastRun as Run).state)) return 'running';
  const worst = needs[0];
  if (worst?.look.tone === 'bad') return 'failed';
  if (needs.some((need) => need.look === WAITING)) return 'waiting';
  if (worst !== undefined) return worst.look.shape === 'diamond' ? 'differs' : 'failed';
  if (job.paused === true) return 'paused';
  return job.lastRun === null ? 'never' : 'good';
}

/** The look of a standing. */
export const STANDINGS: Record<Standing, Look & { label: string }> = {
  good: { word: 'In step', label: 'in step', shape: 'check', tone: 'good' },
  running: { word: 'Running', label: 'running', shape: 'spin', tone: 'info' },
  failed: { word: 'Needs attention', label: 'failed or partial', shape: 'cross', tone: 'bad' },
  differs: { word: 'Differences', label: 'with differences', shape: 'diamond', tone: 'notice' },
  waiting: { ...WAITING, label: 'waiting for approval' },
  paused: { word: 'Paused', label: 'paused', shape: 'pause', tone: 'quiet' },
  never: { ...NEVER, label: 'never run' },
};
