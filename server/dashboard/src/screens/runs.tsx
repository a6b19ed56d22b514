import * as api from '../api/client';
import { turn } from '../live/live';
import { go, link, place } from '../router';
import { lookOf, STATES } from '../text/states';
import { Empty, Heading, Loaded, Pager } from '../ui/parts';
import { useResource } from '../ui/resource';
import { RunsTable } from '../ui/runs-table';

const ACTIONS: [string, string][] = [
  ['sync', 'Sync'],
  ['plan', 'Plan'],
  ['apply', 'Apply'],
  ['validate', 'Validation'],
  ['drift', 'Drift check'],
];

/** All runs, newest first; filters and page are in the address. */
export function RunsScreen() {
  const { query } = place.value;
  const asked = { job: query.get('job') ?? '', state: query.get('state') ?? '', action: query.get('action') ?? '' };
  const after = query.get('after') ?? '';
  const jobs = useResource('jobs', api.jobs);
  const runs = useResource(`runs ${JSON.stringify(asked)} ${after}`, (signal) => api.runs({ ...asked, pageToken: after, pageSize: '50' }, signal), after === '' ? turn.value : 0);
  const choose = (what: Partial<typeof asked>) => go(link(['runs'], { ...asked, ...what }));
  const filtered = Object.values(asked).some((value) => value !== '');
  const names = jobs.data?.items.map((job) => job.name) ?? [];
  return (
    <>
      <Heading text="Runs" />
      <div class="filters">
        <Choice label="Job" value={asked.job} any="All jobs" options={(asked.job === '' || names.includes(asked.job) ? names : [asked.job, ...names]).map((name) => [name, name])} onChoose={(job) => choose({ job })} />
        <Choice label="Action" value={asked.action} any="All actions" options={ACTIONS} onChoose={(action) => choose({ action })} />
        <Choice label="State" value={asked.state} any="All states" options={STATES.map((state) => [state, lookOf(state).word])} onChoose={(state) => choose({ state })} />
        {filtered && <a href="#/runs">Clear filters</a>}
      </div>
      <Loaded from={runs} what="runs">
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={filtered ? 'No run is like that' : after === '' ? 'Nothing has been run yet' : 'There are no older runs'}>
              <p>{filtered ? <a href="#/runs">Show all runs</a> : <a href="#/">Go to the jobs and start one</a>}</p>
            </Empty>
          ) : (
            <>
              <RunsTable runs={page.items} label="Runs" withJob />
              <Pager of="runs" first={after === '' ? undefined : link(['runs'], asked)} next={page.nextPageToken === null ? undefined : link(['runs'], { ...asked, after: page.nextPageToken })} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Choice({ label, value, any, options, onChoose }: { label: string; value: string; any: string; options: [string, string][]; onChoose: (value: string) => void }) {
  return (
    <label class="field inline">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{any}</option>
        {options.map(([option, word]) => (
          <option key={option} value={option}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
