import type { Run } from '../api/types';
import { latest } from '../live/live';
import { link } from '../router';
import { actionWord, effort, summary } from '../text/facts';
import { lookOf } from '../text/states';
import { Badge } from './badge';
import { Table } from './parts';
import { Ago, Words } from './texts';

const BY: Record<string, string> = { API: 'by', SCHEDULE: 'on schedule', DEPLOYMENT: 'deployment' };

/** Who or what asked for it. */
export function Trigger({ run }: { run: Run }) {
  const { kind, by } = run.trigger;
  if (kind === 'SCHEDULE') return <>on schedule</>;
  return (
    <>
      {BY[kind] ?? kind.toLowerCase()} <Words text={by} />
    </>
  );
}

/** Runs, newest first, each in its newest state. */
export function RunsTable({ runs, label, withJob }: { runs: readonly Run[]; label: string; withJob: boolean }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th scope="col">Run</th>
          {withJob && <th scope="col">Job</th>}
          <th scope="col">State</th>
          <th scope="col">What became of it</th>
          <th scope="col" class="end">
            Effort
          </th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {runs.map(latest).map((run) => (
          <tr key={run.id}>
            <th scope="row">
              <a href={link(['runs', run.id])} aria-label={`${actionWord(run)} ${run.id}`}>
                {actionWord(run)}
              </a>
            </th>
            {withJob && (
              <td class="named">
                <a class="plain" href={link(['jobs', run.job])}>
                  <Words text={run.job} />
                </a>
              </td>
            )}
            <td>
              <Badge look={lookOf(run.state)} />
            </td>
            <td class="wide">
              <Words text={summary(run)} />
            </td>
            <td class="end number">{effort(run)}</td>
            <td class="when">
              <Ago at={run.createdAt} /> <span class="quiet"><Trigger run={run} /></span>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
