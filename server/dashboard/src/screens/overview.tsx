import { useEffect, useState } from 'preact/hooks';
import * as api from '../api/client';
import type { Job, Plan, Run } from '../api/types';
import { heard, hear, latest, turn } from '../live/live';
import { link, place } from '../router';
import { denied } from '../state';
import { attention, standing, STANDINGS, type Attention, type Standing } from '../text/attention';
import { summary, actionWord } from '../text/facts';
import { count } from '../text/numbers';
import { isEnd } from '../text/states';
import { Badge, Sign } from '../ui/badge';
import { Cells } from '../ui/cells';
import { Deed, Empty, Heading, Loaded } from '../ui/parts';
import { useResource } from '../ui/resource';
import { Ago, Flow, Words } from '../ui/texts';
import { TriggerDialog } from './trigger';

const CELLS = 24;
const ON_A_CARD = 12;
/** Jobs whose runs are read for the overview; the cards of those behind show their last run only. */
const READ = 60;

/** A job and what is known of its runs and its newest plan. */
type Known = { job: Job; runs: Run[]; plan: Plan | undefined };

async function known(job: Job, signal: AbortSignal): Promise<Known> {
  const last = job.lastRun === null ? [] : [job.lastRun as Run];
  const runs = await api.runs({ job: job.name, pageSize: String(CELLS) }, signal).then(
    (page) => page.items,
    () => last,
  );
  const newest = runs.find((run) => run.action === 'plan' || run.action === 'apply' || (run.action === 'sync' && !run.dryRun));
  if (newest?.action !== 'plan' || newest.state !== 'SUCCEEDED') return { job, runs, plan: undefined };
  const plan = await api.plan(newest.id, signal).then(
    (read) => read.plan,
    () => undefined,
  );
  return { job, runs, plan };
}

async function everything(signal: AbortSignal): Promise<Known[]> {
  const { items } = await api.jobs(signal);
  const read = await Promise.all(items.slice(0, READ).map((job) => known(job, signal)));
  const rest = items.slice(READ).map((job) => ({ job, runs: job.lastRun === null ? [] : [job.lastRun as Run], plan: undefined }));
  for (const { runs } of read) runs.slice(0, 1).forEach(hear);
  return [...read, ...rest];
}

/** What was read, with what was heard since. */
function upToDate(of: Known): Known {
  const ids = new Set(of.runs.map((run) => run.id));
  const fresh = [...heard.value.values()].filter((run) => run.job === of.job.name && !ids.has(run.id) && run.createdAt > (of.runs[0]?.createdAt ?? ''));
  const runs = [...fresh.sort((a, b) => b.createdAt.localeCompare(a.createdAt)), ...of.runs.map(latest)];
  return { ...of, runs, job: { ...of.job, lastRun: (runs[0] ?? of.job.lastRun) as Job['lastRun'] } };
}

/** One glance: how many stand how, what needs somebody, and each job. */
export function Overview() {
  const ended = useSettled(turn.value);
  const jobs = useResource('overview', everything, ended);
  return (
    <>
      <Heading text="Overview" />
      <Loaded from={jobs} what="jobs">
        {(items) => (items.length === 0 ? <NoJobs /> : <Jobs items={items.map(upToDate)} />)}
      </Loaded>
    </>
  );
}

/** The value once it has stayed for half a second, so that a hundred ends are one reading. */
function useSettled(value: number): number {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const later = setTimeout(() => settle(value), 500);
    return () => clearTimeout(later);
  }, [value]);
  return settled;
}

function Jobs({ items }: { items: Known[] }) {
  const shown = place.value.query.get('show');
  const all = items.map((item) => {
    const needs = attention(item.job, item.runs, item.plan);
    return { ...item, needs, stands: standing(item.job, needs) };
  });
  const cards = shown === null ? all : all.filter((item) => item.stands === shown || (shown === 'paused' && item.job.paused === true));
  const needs = all.flatMap((item) => item.needs.slice(0, 1).map((need) => ({ job: item.job, need })));
  needs.sort((a, b) => Number(b.need.look.tone === 'bad') - Number(a.need.look.tone === 'bad') || b.need.at.localeCompare(a.need.at));
  return (
    <>
      <Strip all={all} shown={shown} />
      <Needs items={needs} />
      <section aria-labelledby="jobs">
        <h2 id="jobs">{shown === null ? 'Jobs' : `Jobs ${STANDINGS[shown as Standing]?.label ?? ''}`}</h2>
        {cards.length === 0 ? (
          <Empty title="No job is like that now">
            <a href="#/">Show all jobs</a>
          </Empty>
        ) : (
          <ul class="cards">
            {cards.map((item) => (
              <Card key={item.job.name} {...item} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

const ORDER: Standing[] = ['failed', 'differs', 'waiting', 'running', 'good', 'paused', 'never'];

function Strip({ all, shown }: { all: { stands: Standing; job: Job }[]; shown: string | null }) {
  const counts = ORDER.map((kind) => [kind, all.filter(({ stands }) => stands === kind).length] as const).filter(([, number]) => number > 0);
  return (
    <nav class="strip" aria-label="Jobs by state">
      <a href="#/" aria-current={shown === null ? 'true' : undefined}>
        <b>{count(all.length)}</b> {all.length === 1 ? 'job' : 'jobs'}
      </a>
      {counts.map(([kind, number]) => (
        <a key={kind} class={STANDINGS[kind].tone} href={link([], { show: kind })} aria-current={shown === kind ? 'true' : undefined}>
          <Sign shape={STANDINGS[kind].shape} />
          <b>{count(number)}</b> {STANDINGS[kind].label}
        </a>
      ))}
    </nav>
  );
}

function Needs({ items }: { items: { job: Job; need: Attention }[] }) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="needs">
      <h2 id="needs">Needs attention</h2>
      <ul class="needs card">
        {items.map(({ job, need }) => (
          <li key={job.name} class={need.look.tone}>
            <Badge look={need.look} />
            <div class="need">
              <a class="plain strong" href={link(['jobs', job.name])}>
                <Words text={job.name} />
              </a>
              <p>
                <Words text={need.reason} />{' '}
                <span class="quiet">
                  <Ago at={need.at} />
                </span>
              </p>
            </div>
            <a class="button" href={need.href} aria-label={`${need.next}: ${job.name}`}>
              {need.next}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Card({ job, runs, needs, stands }: Known & { needs: Attention[]; stands: Standing }) {
  const [asking, setAsking] = useState(false);
  const last = runs[0];
  const look = stands === 'failed' && needs[0] !== undefined ? needs[0].look : STANDINGS[stands];
  return (
    <li class="card job">
      <div class="card-head">
        <h3>
          <a class="plain" href={link(['jobs', job.name])}>
            <Words text={job.name} />
          </a>
        </h3>
        <Badge look={look} />
      </div>
      <Flow source={job.source} destination={job.destination} />
      <dl class="facts">
        <div>
          <dt>Last run</dt>
          <dd>
            {last === undefined ? (
              <span class="quiet">none yet</span>
            ) : (
              <>
                <a href={link(['runs', last.id])}>{actionWord(last)}</a> <Ago at={isEnd(last.state) ? (last.endedAt ?? last.createdAt) : last.createdAt} />
                <span class="what quiet">
                  <Words text={summary(last)} />
                </span>
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>Next run</dt>
          <dd>
            <NextRun job={job} />
          </dd>
        </div>
      </dl>
      {runs.length > 0 && <Cells runs={runs} most={ON_A_CARD} />}
      <div class="card-foot">
        <Deed why={denied('operator')} onClick={() => setAsking(true)}>
          Run…<span class="unseen"> {job.name}</span>
        </Deed>
      </div>
      {asking && <TriggerDialog job={job} onClose={() => setAsking(false)} />}
    </li>
  );
}

/** When its schedule starts it again. */
export function NextRun({ job }: { job: Job }) {
  if (job.paused === true) return <span class="quiet">schedules are paused</span>;
  if (job.nextRun) return <Ago at={job.nextRun} />;
  return <span class="quiet">not scheduled</span>;
}

function NoJobs() {
  return (
    <Empty title="No job is configured yet">
      <p>A job says what is copied from where to where. In the directory of the configuration:</p>
      <pre tabIndex={0}>{`replicator init\nreplicator doctor\nreplicator serve`}</pre>
      <p>Jobs are read when the server starts.</p>
    </Empty>
  );
}
