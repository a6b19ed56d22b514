import { useState } from 'preact/hooks';
import * as api from '../api/client';
import type { Job, Run, RunRequest } from '../api/types';
import { heard, latest, turn } from '../live/live';
import { link } from '../router';
import { announce, denied } from '../state';
import { attention, standing, STANDINGS } from '../text/attention';
import { hasSchedules, summary, writes } from '../text/facts';
import { isEnd, lookOf } from '../text/states';
import { Badge } from '../ui/badge';
import { Cells } from '../ui/cells';
import { Deed, Empty, Heading, Loaded, ProblemBox } from '../ui/parts';
import { useDeed, useResource } from '../ui/resource';
import { RunsTable } from '../ui/runs-table';
import { Ago, Place, Words } from '../ui/texts';
import { NextRun } from './overview';
import { TriggerDialog } from './trigger';

const RECENT = 20;

/** A job: where it stands, what can be done with it, what was done. */
export function JobScreen({ name }: { name: string }) {
  const job = useResource(`job ${name}`, (signal) => api.job(name, signal), turn.value);
  const runs = useResource(`runs of ${name}`, (signal) => api.runs({ job: name, pageSize: String(RECENT) }, signal), turn.value);
  return (
    <Loaded
      from={job}
      what="the job"
      heading={name}
      missing={
        <>
          <Heading text="No such job" />
          <Empty title="This server has no job of that name">
            <p>
              <Words text={name} /> may have been renamed in the configuration. <a href="#/">All jobs</a>
            </p>
          </Empty>
        </>
      }
    >
      {(read) => <Shown job={read} runs={withHeard(read, runs.data?.items ?? [])} reload={job.reload} runsRead={runs.data !== undefined || runs.problem !== undefined} more={runs.data?.nextPageToken ?? undefined} />}
    </Loaded>
  );
}

function withHeard(job: Job, runs: readonly Run[]): Run[] {
  const ids = new Set(runs.map((run) => run.id));
  const fresh = [...heard.value.values()].filter((run) => run.job === job.name && !ids.has(run.id) && run.createdAt > (runs[0]?.createdAt ?? ''));
  return [...fresh.sort((a, b) => b.createdAt.localeCompare(a.createdAt)), ...runs.map(latest)];
}

function Shown({ job, runs, reload, runsRead, more }: { job: Job; runs: Run[]; reload: () => void; runsRead: boolean; more: string | undefined }) {
  const [asking, setAsking] = useState<RunRequest['action']>();
  const pausing = useDeed(async () => {
    const after = await api.setPaused(job.name, job.paused !== true);
    announce(after.paused ? 'Schedules are paused' : 'Schedules go on');
    reload();
  });
  const current = { ...job, lastRun: (runs[0] ?? job.lastRun) as Job['lastRun'] };
  const needs = attention(current, runs, undefined);
  const stands = standing(current, needs);
  const active = runs.find((run) => !isEnd(run.state));
  const why = denied('operator');
  return (
    <>
      <div class="head">
        <Heading text={job.name}>
          <Words text={job.name} />
        </Heading>
        <Badge look={stands === 'failed' && needs[0] !== undefined ? needs[0].look : STANDINGS[stands]} />
        <div class="deeds">
          <Deed why={why} kind="primary" onClick={() => setAsking('sync')}>
            Run…
          </Deed>
          {hasSchedules(job) && (
            <Deed why={undefined} onClick={() => void pausing.run()} busy={pausing.busy || why !== undefined}>
              {job.paused === true ? 'Resume schedules' : 'Pause schedules'}
            </Deed>
          )}
        </div>
      </div>
      {pausing.problem !== undefined && <ProblemBox problem={pausing.problem} />}
      {active !== undefined && (
        <p class="note info row">
          <Badge look={lookOf(active.state)} /> <span>{summary(active)}</span> <a href={link(['runs', active.id])}>Watch it</a>
        </p>
      )}
      {active === undefined &&
        needs.map((need) => (
          <p key={need.href} class={`note row ${need.look.tone}`}>
            <Badge look={need.look} /> <Words text={need.reason} /> <a href={need.href}>{need.next}</a>
          </p>
        ))}
      <dl class="facts card wide-facts">
        <div>
          <dt>Source</dt>
          <dd>
            <Place uri={job.source} />
          </dd>
        </div>
        <div>
          <dt>Destination</dt>
          <dd>
            <Place uri={job.destination} />
          </dd>
        </div>
        <div>
          <dt>Last sync</dt>
          <dd>
            <LastOf runs={runs} is={writes} none={runs.length === 0 ? 'none yet' : 'none among the recent runs'} />
          </dd>
        </div>
        <div>
          <dt>Next run</dt>
          <dd>
            <NextRun job={job} />
          </dd>
        </div>
        <div>
          <dt>Validation</dt>
          <dd>
            <LastOf runs={runs} is={(run) => run.action === 'validate'} none={runs.length === 0 ? 'none yet' : 'none among the recent runs'} />
            <span class="ways">
              <a href={link(['jobs', job.name, 'validation'])}>Differences</a>{' '}
              <button type="button" class="link" disabled={why !== undefined} onClick={() => setAsking('validate')}>
                Validate now
              </button>
            </span>
          </dd>
        </div>
        <div>
          <dt>Drift</dt>
          <dd>
            <LastOf runs={runs} is={(run) => run.action === 'drift'} none={runs.length === 0 ? 'never looked for' : 'not looked for in the recent runs'} />
            <span class="ways">
              <a href={link(['jobs', job.name, 'drift'])}>What others changed</a>{' '}
              <button type="button" class="link" disabled={why !== undefined} onClick={() => setAsking('drift')}>
                Look now
              </button>
            </span>
          </dd>
        </div>
      </dl>
      <section aria-labelledby="recent">
        <div class="section-head">
          <h2 id="recent">Recent runs</h2>
          {more !== undefined && <a href={link(['runs'], { job: job.name })}>All runs</a>}
        </div>
        {runs.length > 0 && <Cells runs={runs} most={RECENT} />}
        {runs.length > 0 ? (
          <RunsTable runs={runs} label={`Recent runs of ${job.name}`} withJob={false} />
        ) : runsRead ? (
          <Empty title="This job has not been run yet">
            <p>Start with a dry run: it says what a sync would do, and writes nothing.</p>
          </Empty>
        ) : (
          <p class="reading">Reading runs…</p>
        )}
      </section>
      {asking !== undefined && <TriggerDialog job={job} action={asking} onClose={() => setAsking(undefined)} />}
    </>
  );
}

function LastOf({ runs, is, none }: { runs: readonly Run[]; is: (run: Run) => boolean; none: string }) {
  const run = runs.find((each) => isEnd(each.state) && is(each));
  if (run === undefined) return <span class="quiet">{none}</span>;
  return (
    <>
      <a class="plain" href={link(['runs', run.id])}>
        <Badge look={lookOf(run.state)} />
      </a>{' '}
      <Ago at={run.endedAt ?? run.createdAt} />
      <span class="what quiet">
        <Words text={summary(run)} />
      </span>
    </>
  );
}
