import { useEffect, useRef, useState } from 'preact/hooks';
import * as api from '../api/client';
import type { Run, Trouble } from '../api/types';
import { fetchRun, hear, latest } from '../live/live';
import { link } from '../router';
import { announce, denied, now } from '../state';
import { titled } from '../text/causes';
import { actionWord, effort, ending, isIntent, reasonOf, summary, writes } from '../text/facts';
import { bytes, count, objects } from '../text/numbers';
import { Pace, percent, Quarters } from '../text/progress';
import { isEnd, lookOf, outcomeLook } from '../text/states';
import { duration } from '../text/times';
import { Badge } from '../ui/badge';
import { Dialog } from '../ui/dialog';
import { Deed, Empty, Heading, Loaded, ProblemBox } from '../ui/parts';
import { useDeed, useResource } from '../ui/resource';
import { Trigger } from '../ui/runs-table';
import { Ago, Key, Words } from '../ui/texts';
import { ObjectsSection } from './objects';
import { TriggerDialog } from './trigger';

/** A run, live while it goes on. */
export function RunScreen({ id }: { id: string }) {
  const run = useResource(`run ${id}`, (signal) => fetchRun(id, signal));
  return (
    <Loaded
      from={run}
      what="the run"
      heading="Run"
      missing={
        <>
          <Heading text="No such run" />
          <Empty title="The history does not have this run">
            <p>
              Old runs are forgotten after a while. <a href="#/runs">All runs</a>
            </p>
          </Empty>
        </>
      }
    >
      {(read) => <Shown run={latest(read)} reload={run.reload} />}
    </Loaded>
  );
}

function Shown({ run, reload }: { run: Run; reload: () => void }) {
  const ended = isEnd(run.state);
  useAnnouncements(run);
  // The event of the end may come without the report; what is kept has it.
  useEffect(() => {
    if (ended && run.report === undefined) reload();
  }, [ended]);
  return (
    <>
      <div class="head">
        <Heading text={`${actionWord(run)} of ${run.job}`}>
          {actionWord(run)} of{' '}
          <a class="plain" href={link(['jobs', run.job])}>
            <Words text={run.job} />
          </a>
        </Heading>
        <Badge look={lookOf(run.state)} />
        <Actions run={run} />
      </div>
      <p class="by quiet">
        Asked for <Trigger run={run} /> <Ago at={run.createdAt} />
        {run.trigger.reason !== '' && (
          <>
            : <q><Words text={run.trigger.reason} /></q>
          </>
        )}
      </p>
      {ended ? <Ended run={run} /> : <Live run={run} />}
      <Troubles run={run} />
      <ObjectsSection run={run} />
      <p class="quiet id">
        Run <Key value={run.id} />
      </p>
    </>
  );
}

/** Says quarters and the end to those who listen; not every tick. */
function useAnnouncements(run: Run) {
  const quarters = useRef(new Quarters());
  const seen = useRef(run.state);
  const share = percent(run.progress);
  useEffect(() => {
    const quarter = quarters.current.reached(share);
    if (quarter !== undefined && !isEnd(run.state)) announce(`${quarter} percent. ${summary(run)}`);
  }, [share]);
  useEffect(() => {
    if (isEnd(run.state) && !isEnd(seen.current)) announce(ending(run));
    seen.current = run.state;
  }, [run.state]);
}

function Actions({ run }: { run: Run }) {
  const [asking, setAsking] = useState(false);
  const [again, setAgain] = useState(false);
  const cancelling = useDeed(async () => {
    hear(await api.cancel(run.id));
    setAsking(false);
    announce('It will stop; objects in flight finish.');
  });
  const job = useResource(`job of ${run.id}`, (signal) => api.job(run.job, signal));
  const why = denied('operator');
  if (isEnd(run.state)) {
    return (
      <div class="deeds">
        {run.action === 'plan' && run.state === 'SUCCEEDED' && (
          <a class="button primary" href={link(['plans', run.id])}>
            See the plan
          </a>
        )}
        {run.state === 'FINDINGS' && (
          <a class="button primary" href={link(['jobs', run.job, run.action === 'drift' ? 'drift' : 'validation'])}>
            See {run.action === 'drift' ? 'what changed' : 'differences'}
          </a>
        )}
        {job.data !== undefined && (
          <Deed why={why} onClick={() => setAgain(true)}>
            Run again…
          </Deed>
        )}
        {again && job.data !== undefined && <TriggerDialog job={job.data} action={run.action === 'apply' ? 'sync' : run.action} onClose={() => setAgain(false)} />}
      </div>
    );
  }
  return (
    <div class="deeds">
      <Deed why={why} busy={run.state === 'CANCELLING'} onClick={() => setAsking(true)}>
        {run.state === 'CANCELLING' ? 'Stopping…' : 'Cancel…'}
      </Deed>
      {asking && (
        <Dialog title={`Cancel this ${actionWord(run).toLowerCase()}?`} onClose={() => setAsking(false)}>
          <p>
            Objects in flight finish, nothing more is begun.{' '}
            {writes(run) ? 'What is copied stays copied, and nothing is deleted: the next run goes on from there.' : 'It has written nothing.'}
          </p>
          {cancelling.problem !== undefined && <ProblemBox problem={cancelling.problem} />}
          <div class="actions">
            <button type="button" onClick={() => setAsking(false)}>
              Let it run
            </button>
            <button type="button" class="primary writes" disabled={cancelling.busy} onClick={() => void cancelling.run()}>
              Cancel the run
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function Live({ run }: { run: Run }) {
  const pace = useRef(new Pace());
  const [speed, setSpeed] = useState<{ bytes: number; objects: number }>();
  const { progress } = run;
  const share = percent(progress);
  useEffect(() => {
    if (progress !== undefined) setSpeed(pace.current.measured(Date.now(), progress));
  }, [progress]);
  const words = summary(run);
  return (
    <section class="card live" aria-label="Progress">
      <label class="bar">
        <span>
          {words}
          {share !== undefined && ` (${share} %)`}
        </span>
        <progress max={100} {...(share === undefined ? {} : { value: share })} />
      </label>
      <dl class="numbers">
        {run.action !== 'apply' && <Number name="Compared" value={progress === undefined ? '–' : count(Math.max(progress.sourceKeys, progress.destinationKeys))} unit="keys" />}
        <Number name={isIntent(run) ? 'Planned' : 'Done'} value={progress === undefined ? '–' : count(isIntent(run) ? progress.planned : progress.finished)} unit={progress === undefined || isIntent(run) ? '' : `of ${count(progress.planned)} found so far`} />
        {!isIntent(run) && <Number name="Copied" value={progress === undefined ? '–' : bytes(progress.bytes)} unit={speed === undefined ? '' : `${bytes(speed.bytes)}/s`} />}
        <Number name="Failed" value={progress === undefined ? '–' : count(progress.failed)} unit="" bad={(progress?.failed ?? 0) > 0} />
        <Number name="Runs for" value={run.startedAt === null ? '–' : duration(Math.max(0, now.value - Date.parse(run.startedAt)))} unit="" />
      </dl>
    </section>
  );
}

function Number({ name, value, unit, bad = false }: { name: string; value: string; unit: string; bad?: boolean }) {
  return (
    <div class={bad ? 'bad' : ''}>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b> {unit !== '' && <small>{unit}</small>}
      </dd>
    </div>
  );
}

const TONES: Record<string, string> = { FAILED: 'bad', REFUSED: 'bad', LOCKED: 'notice', INTERRUPTED: 'notice', PARTIAL: 'notice', FINDINGS: 'notice', CANCELLED: 'quiet' };

function Ended({ run }: { run: Run }) {
  const tone = TONES[run.state] ?? 'good';
  const reason = reasonOf(run);
  const { report } = run;
  const gate = report?.gate;
  const words = summary(run);
  return (
    <>
      <section class={`note ${tone}`} aria-label="Result">
        <p class="result">
          <strong>
            <Words text={words === '' ? lookOf(run.state).word : words} />
          </strong>{' '}
          {effort(run) !== '' && <span class="quiet">{effort(run)}</span>}
        </p>
        {reason !== '' && !words.includes(reason) && (
          <p>
            <Words text={reason} />
          </p>
        )}
        {run.remedy && <p>{run.remedy}</p>}
        {gate?.verdict === 'CLOSED' && (
          <p>
            {objects(gate.planned)} would have been deleted; the limit is {count(gate.limit)}. Nothing was deleted.
          </p>
        )}
      </section>
      {report?.warnings !== undefined && report.warnings.length > 0 && (
        <section class="note notice" aria-label="Warnings">
          <ul>
            {report.warnings.map((warning) => (
              <li key={warning}>
                <Words text={warning} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What was not achieved, by cause. */
function Troubles({ run }: { run: Run }) {
  const failed = isEnd(run.state) ? -1 : Math.min(run.progress?.failed ?? 0, 1);
  const troubles = useResource(`troubles of ${run.id}`, (signal) => api.troubles(run.id, signal), `${run.state} ${failed} ${run.report !== undefined}`);
  const items = troubles.data?.items ?? [];
  if (items.length === 0) return troubles.problem === undefined ? null : <ProblemBox problem={troubles.problem} />;
  return (
    <section aria-labelledby="troubles">
      <h2 id="troubles">Not achieved</h2>
      <ul class="troubles">
        {items.map((trouble) => (
          <TroubleCard key={trouble.outcome + trouble.cause} run={run} trouble={trouble} />
        ))}
      </ul>
    </section>
  );
}

function TroubleCard({ run, trouble }: { run: Run; trouble: Trouble }) {
  return (
    <li class="card trouble">
      <div class="card-head">
        <h3>
          {titled(trouble.title, trouble.cause || trouble.outcome)} <span class="quiet">{objects(trouble.count)}</span>
        </h3>
        <Badge look={outcomeLook(trouble.outcome)} />
      </div>
      {trouble.remedy !== '' && <p>{trouble.remedy}</p>}
      <ul class="examples">
        {trouble.examples.slice(0, 5).map((example) => (
          <li key={example.object}>
            <Key value={example.object} />
            {example.message !== '' && (
              <p class="quiet">
                <Words text={example.message} />
              </p>
            )}
          </li>
        ))}
      </ul>
      {trouble.count > Math.min(5, trouble.examples.length) && (
        <a href={link(['runs', run.id], { outcome: trouble.outcome, cause: trouble.cause })}>All {objects(trouble.count)}</a>
      )}
    </li>
  );
}
