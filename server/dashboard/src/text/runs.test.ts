import { describe, expect, it } from 'vitest';
import type { Job, Plan, Run } from '../api/types';
import { problemIn, whatToDo } from '../api/problem';
import { link, placeIn } from '../router';
import { attention, standing } from './attention';
import { titled } from './causes';
import { hasSchedules, moved, newest, nothingOf, progressWords, summary } from './facts';

let clock = 0;

function run(some: Partial<Run>): Run {
  clock++;
  return {
    id: `r${clock}`,
    job: 'media',
    action: 'sync',
    dryRun: false,
    state: 'SUCCEEDED',
    trigger: { kind: 'API', by: 'grace', reason: '' },
    createdAt: new Date(clock * 60_000).toISOString(),
    startedAt: null,
    endedAt: null,
    message: '',
    links: { self: '', objects: '' },
    resultsLost: '',
    ...some,
  } as Run;
}

const JOB: Job = { name: 'media', source: 's3://a', destination: 's3://b', lastRun: null, nextRun: null, paused: false };
const PROGRESS = { sourceKeys: 10, destinationKeys: 8, planned: 4, finished: 1, failed: 0, bytes: 5 };

describe('a run', () => {
  it('says what it did, deletes first', () => {
    expect(moved({ copied: 18, overwritten: 2, deleted: 1, unchanged: 41_186, failed: 3 }, false)).toBe(
      'Deleted 1, copied 18, overwrote 2; 3 failed; 41,186 unchanged',
    );
  });

  it('says what it would do', () => {
    expect(summary(run({ dryRun: true, report: { copied: 2 } }))).toBe('Would copy 2');
    expect(summary(run({ action: 'plan', report: { unchanged: 2 } }))).toBe('Would change nothing; 2 unchanged');
  });

  it('says what a validation found', () => {
    expect(summary(run({ action: 'validate', state: 'FINDINGS', report: { missing: 2, mismatched: 1, matched: 7 } }))).toBe('2 missing; 1 different; 7 objects match');
  });

  it('says what it means that it lists no object', () => {
    expect(nothingOf(run({ action: 'validate' }))).toBe('Both sides are the same');
    expect(nothingOf(run({ action: 'validate', state: 'FAILED' }))).toBe('No finding is listed');
    expect(nothingOf(run({ action: 'drift' }))).toBe('Nobody changed anything');
    expect(nothingOf(run({ action: 'plan' }))).toBe('Nothing would be changed');
    expect(nothingOf(run({}))).toBe('Nothing was changed');
  });

  it('does not say zeros of what never came to numbers', () => {
    expect(summary(run({ state: 'FAILED', message: 'no such bucket', totals: { copied: 0 } }))).toBe('no such bucket');
  });

  it('says how far it is', () => {
    expect(progressWords(run({ state: 'QUEUED' }))).toBe('Waiting to start');
    expect(progressWords(run({ state: 'RUNNING', progress: PROGRESS }))).toBe('Compared 10 keys; 1 of 4 changes done');
    expect(progressWords(run({ action: 'apply', state: 'RUNNING', progress: { ...PROGRESS, sourceKeys: 0, destinationKeys: 0 } }))).toBe('1 of 4 changes done');
  });

  it('keeps what says more, whichever comes first', () => {
    const early = run({ id: 'x', state: 'RUNNING', progress: PROGRESS });
    const later = { ...early, progress: { ...PROGRESS, finished: 3 } };
    const ended = { ...early, state: 'SUCCEEDED' as const };
    const reported = { ...ended, report: { copied: 4 } };
    const orders = [
      [early, later, ended, reported],
      [reported, ended, later, early],
      [later, reported, early, ended],
    ];
    for (const order of orders) {
      expect(order.reduce<Run | undefined>((known, told) => newest(known, told), undefined)).toBe(reported);
    }
    expect(newest(later, early)).toBe(later);
  });
});

describe('attention', () => {
  const failed = () => run({ state: 'FAILED', report: { problem: { kind: 'ACCESS', message: 'AccessDenied on s3:PutObject' } } });

  it('is called for by a failure, with its reason and one thing to do', () => {
    const [need] = attention(JOB, [failed()], undefined);
    expect(need).toMatchObject({ reason: 'AccessDenied on s3:PutObject', next: 'See why' });
  });

  it('ends with the next success, but not with one that only looked', () => {
    const broken = failed();
    expect(attention(JOB, [run({}), broken], undefined)).toEqual([]);
    expect(attention(JOB, [run({ dryRun: true }), broken], undefined)).toHaveLength(1);
    expect(attention(JOB, [run({ action: 'validate' }), broken], undefined)).toHaveLength(1);
  });

  it('goes to findings until something was synced after them', () => {
    const before = run({});
    const findings = run({ action: 'validate', state: 'FINDINGS', report: { missing: 1 } });
    expect(attention(JOB, [findings, before], undefined)[0]).toMatchObject({ href: '#/jobs/media/validation' });
    expect(attention(JOB, [run({}), findings], undefined)).toEqual([]);
  });

  it('goes to a plan that waits', () => {
    const plan = { id: 'p', job: 'media', state: 'OPEN', digest: '', createdAt: '2026-01-01T00:00:00Z', report: { deleted: 8 } } as unknown as Plan;
    expect(attention(JOB, [], plan)[0]).toMatchObject({ reason: 'Would delete 8', href: '#/plans/p' });
    expect(attention(JOB, [], { ...plan, state: 'APPROVED' })).toEqual([]);
  });

  it('offers to pause only schedules that there are', () => {
    expect(hasSchedules(JOB)).toBe(false);
    expect(hasSchedules({ ...JOB, nextRun: '2026-01-01T00:00:00Z' })).toBe(true);
    expect(hasSchedules({ ...JOB, paused: true })).toBe(true);
  });

  it('makes the standing of a job', () => {
    const at = (job: Job, runs: Run[]) => standing(job, attention(job, runs, undefined));
    expect(at(JOB, [])).toBe('never');
    const ok = run({});
    expect(at({ ...JOB, lastRun: ok as Job['lastRun'] }, [ok])).toBe('good');
    expect(at({ ...JOB, paused: true, lastRun: ok as Job['lastRun'] }, [ok])).toBe('paused');
    const partial = run({ state: 'PARTIAL' });
    expect(at({ ...JOB, lastRun: partial as Job['lastRun'] }, [partial])).toBe('failed');
  });
});

describe('a cause', () => {
  it('is called what the server calls it, and its code without that', () => {
    expect(titled('No place for this key', 'UNSAFE_KEY')).toBe('No place for this key');
    expect(titled('', 'OF_TOMORROW')).toBe('Of tomorrow');
    expect(titled(undefined, '')).toBe('Other');
  });
});

describe('a problem', () => {
  it('is read from the document, and made up for a proxy’s page', () => {
    const read = problemIn(409, JSON.stringify({ title: 'Busy', detail: 'one runs', code: 'job-busy', runId: 'x' }), null);
    expect(read).toEqual({ status: 409, title: 'Busy', detail: 'one runs', code: 'job-busy', runId: 'x' });
    expect(problemIn(502, '<html>', null).title).toBe('The server answered 502');
  });

  it('always says what to do', () => {
    expect(whatToDo(problemIn(429, '{}', '7'))).toBe('Wait 7 s, then try again.');
    for (const status of [0, 400, 401, 403, 404, 409, 410, 412, 428, 500, 503]) {
      expect(whatToDo(problemIn(status, '{}', null)).length).toBeGreaterThan(10);
    }
  });
});

describe('an address', () => {
  it('comes back as it was', () => {
    const hash = link(['jobs', 'a/b c?#%', 'drift'], { prefix: 'x y/&=#?/', kind: '' });
    const place = placeIn(hash);
    expect(place.path).toEqual(['jobs', 'a/b c?#%', 'drift']);
    expect(place.query.get('prefix')).toBe('x y/&=#?/');
    expect(place.query.has('kind')).toBe(false);
  });

  it('that is broken is still one', () => {
    expect(placeIn('#/runs/%E0%A4%A')).toMatchObject({ path: ['runs', '%E0%A4%A'] });
    expect(placeIn('')).toMatchObject({ path: [] });
  });
});
