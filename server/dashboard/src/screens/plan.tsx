import { useState } from 'preact/hooks';
import * as api from '../api/client';
import type { Plan, Report } from '../api/types';
import { hear } from '../live/live';
import { go, link, place } from '../router';
import { announce, denied } from '../state';
import { moved } from '../text/facts';
import { count, objects } from '../text/numbers';
import type { Look } from '../text/states';
import { Badge, Sign } from '../ui/badge';
import { Dialog } from '../ui/dialog';
import { Deed, Empty, Heading, Loaded, Pager, ProblemBox } from '../ui/parts';
import { useDeed, useResource, type Resource } from '../ui/resource';
import { Ago, Key, Words } from '../ui/texts';
import { ObjectsTable } from './objects';

const LOOKS: Record<Plan['state'], Look> = {
  OPEN: { word: 'Needs approval', shape: 'hand', tone: 'notice' },
  APPROVED: { word: 'Approved', shape: 'check', tone: 'good' },
  REJECTED: { word: 'Rejected', shape: 'slash', tone: 'bad' },
  APPLIED: { word: 'Applied', shape: 'check', tone: 'good' },
};

/** A plan that waits for somebody: what it would do, deletes first, and the decision about this very plan. */
export function PlanScreen({ id }: { id: string }) {
  const plan = useResource(`plan ${id}`, (signal) => api.plan(id, signal));
  return (
    <Loaded
      from={plan}
      what="the plan"
      heading="Plan"
      missing={
        <>
          <Heading text="No such plan" />
          <Empty title="No run of that name left a plan">
            <p>
              Plans are forgotten with their runs. <a href={link(['runs'], { action: 'plan' })}>All plans</a>
            </p>
          </Empty>
        </>
      }
    >
      {(read) => <Shown {...read} from={plan} />}
    </Loaded>
  );
}

function Shown({ plan, tag, from }: api.TaggedPlan & { from: Resource<api.TaggedPlan> }) {
  const report = plan.report ?? {};
  const deletes = report.deleted ?? report.gate?.planned ?? 0;
  return (
    <>
      <div class="head">
        <Heading text={`Plan for ${plan.job}`}>
          Plan for{' '}
          <a class="plain" href={link(['jobs', plan.job])}>
            <Words text={plan.job} />
          </a>
        </Heading>
        <Badge look={LOOKS[plan.state]} />
      </div>
      <p class="lead">{moved(report, true)}.</p>
      <p class="quiet">
        Made <Ago at={plan.createdAt} /> by run <a href={link(['runs', plan.id])}>{plan.id}</a>
        {plan.decidedBy && (
          <>
            ; {LOOKS[plan.state].word.toLowerCase()} by <Words text={plan.decidedBy} />
          </>
        )}
        {plan.comment && (
          <>
            : <q><Words text={plan.comment} /></q>
          </>
        )}
      </p>
      <Gate report={report} />
      <Decision plan={plan} tag={tag} from={from} />
      {deletes > 0 && <Actions id={plan.id} title={`Deletes ${objects(deletes)}`} cause="EXTRA" param="deletes" />}
      <Actions id={plan.id} title={deletes > 0 ? 'Everything it would do, in the order of keys' : 'What it would do'} cause="" param="after" />
      <p class="quiet id">
        Digest <Key value={plan.digest} />
      </p>
    </>
  );
}

function Gate({ report }: { report: Report }) {
  const gate = report.gate;
  if (gate === undefined || gate.verdict === 'NOT_ASKED') {
    return (
      <p class="guard good">
        <Sign shape="check" /> This job never deletes.
      </p>
    );
  }
  const open = gate.verdict === 'OPEN';
  return (
    <p class={`guard ${open ? 'good' : 'bad'}`}>
      <Sign shape={open ? 'check' : 'octagon'} />
      <span>
        Deletes {count(gate.planned)} of at most {count(gate.limit)}: the gate is {open ? 'open' : 'closed'}.{' '}
        {gate.reason !== '' && <Words text={gate.reason} />}
      </span>
    </p>
  );
}

function Decision({ plan, tag, from }: { plan: Plan; tag: string; from: Resource<api.TaggedPlan> }) {
  const [asking, setAsking] = useState<'approve' | 'reject'>();
  const applying = useDeed(async () => {
    const run = await api.apply(plan.id, tag);
    hear(run);
    go(link(['runs', run.id]));
  });
  if (plan.state === 'APPLIED') {
    return plan.appliedRun ? (
      <p class="row">
        <a class="button primary" href={link(['runs', plan.appliedRun])}>
          See the run that carries it out
        </a>
      </p>
    ) : null;
  }
  if (plan.state === 'REJECTED') return null;
  return (
    <div class="decision">
      {plan.state === 'OPEN' ? (
        <div class="row">
          <Deed why={denied('approver')} kind="primary" onClick={() => setAsking('approve')}>
            Approve…
          </Deed>
          <Deed why={undefined} busy={denied('approver') !== undefined} onClick={() => setAsking('reject')}>
            Reject…
          </Deed>
        </div>
      ) : (
        <div class="row">
          <Deed why={denied('operator')} kind="primary writes" busy={applying.busy} onClick={() => void applying.run()}>
            Apply this plan
          </Deed>
          <Deed why={undefined} busy={denied('approver') !== undefined} onClick={() => setAsking('reject')}>
            Reject…
          </Deed>
        </div>
      )}
      {applying.problem !== undefined && <ProblemBox problem={applying.problem} onRetry={from.reload} />}
      {asking !== undefined && <Verdict plan={plan} tag={tag} verdict={asking} onClose={() => setAsking(undefined)} reload={from.reload} />}
    </div>
  );
}

function Verdict({ plan, tag, verdict, onClose, reload }: { plan: Plan; tag: string; verdict: 'approve' | 'reject'; onClose: () => void; reload: () => void }) {
  const [comment, setComment] = useState('');
  const rejects = verdict === 'reject';
  const deed = useDeed(async () => {
    await api.decide(plan.id, verdict, comment.trim(), tag);
    announce(rejects ? 'The plan is rejected' : 'The plan is approved');
    onClose();
    reload();
  });
  const changed = deed.problem?.status === 412;
  const again = () => {
    onClose();
    reload();
  };
  return (
    <Dialog title={rejects ? 'Reject this plan' : 'Approve this plan'} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void deed.run();
        }}
      >
        <p>{moved(plan.report ?? {}, true)}.</p>
        <label class="field">
          <span>{rejects ? 'Why' : 'Comment'}</span>
          <textarea name="comment" rows={3} maxLength={1000} required={rejects} value={comment} onInput={(event) => setComment(event.currentTarget.value)} />
          <small>{rejects ? 'Whoever made the plan reads it.' : 'May stay empty.'}</small>
        </label>
        {changed ? (
          <div class="note notice" role="alert">
            <p>
              <strong>The plan was changed since you opened it.</strong> Nothing was decided. Read it again, then decide.
            </p>
            <button type="button" onClick={again}>
              Read it again
            </button>
          </div>
        ) : (
          deed.problem !== undefined && <ProblemBox problem={deed.problem} onRetry={deed.problem.status === 409 ? again : undefined} />
        )}
        <div class="actions">
          <button type="button" onClick={onClose}>
            Close
          </button>
          <button type="submit" class="primary" disabled={deed.busy || changed}>
            {rejects ? 'Reject' : 'Approve'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Actions({ id, title, cause, param }: { id: string; title: string; cause: string; param: 'after' | 'deletes' }) {
  const { query } = place.value;
  const others = Object.fromEntries(query);
  const after = query.get(param) ?? '';
  const page = useResource(`actions of ${id} ${cause} ${after}`, (signal) => api.objects(id, { outcome: 'PLANNED', cause, pageToken: after, pageSize: '50' }, signal));
  const here = ['plans', id];
  const heading = `${param}-heading`;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <Loaded from={page} what="actions">
        {(read) =>
          read.items.length === 0 ? (
            <Empty title="Nothing" />
          ) : (
            <>
              <ObjectsTable items={read.items} label={title} planned />
              <Pager of={title} first={after === '' ? undefined : link(here, { ...others, [param]: '' })} next={read.nextPageToken === null ? undefined : link(here, { ...others, [param]: read.nextPageToken })} />
            </>
          )
        }
      </Loaded>
    </section>
  );
}
