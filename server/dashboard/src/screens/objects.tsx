import { useEffect } from 'preact/hooks';
import * as api from '../api/client';
import type { ObjectResult, Run } from '../api/types';
import { link, place } from '../router';
import { reason, titled } from '../text/causes';
import { nothingOf, summary } from '../text/facts';
import { bytes } from '../text/numbers';
import { isEnd, outcomeLook, sentenceCase } from '../text/states';
import { Badge } from '../ui/badge';
import { Empty, Loaded, Pager, Table } from '../ui/parts';
import { useResource } from '../ui/resource';
import { Key, Words } from '../ui/texts';

/** Objects of one page. */
const PAGE = 50;
/** How often a page that is not full yet is read again while the run goes on, in milliseconds. */
const PAUSE = 3000;

const OUTCOMES: [string, string][] = [
  ['', 'All'],
  ['FAILED', 'Failed'],
  ['STALE', 'Stale'],
  ['SKIPPED', 'Skipped'],
  ['DONE', 'Done'],
  ['NOT_RUN', 'Not run'],
];

const ACTIONS: Record<string, string> = {
  COPY: 'Copy',
  OVERWRITE: 'Overwrite',
  METADATA: 'Update metadata',
  DELETE: 'Delete',
  KEEP: 'Keep',
  SKIP: 'Skip',
  NONE: 'Look',
};

/** What became of each object; the filter and the page are in the address. */
export function ObjectsSection({ run }: { run: Run }) {
  const { query } = place.value;
  const outcome = query.get('outcome') ?? '';
  const cause = query.get('cause') ?? '';
  const after = query.get('after') ?? '';
  const page = useResource(
    `objects of ${run.id} ${outcome} ${cause} ${after}`,
    (signal) => api.objects(run.id, { outcome, cause, pageToken: after, pageSize: `${PAGE}` }, signal),
    isEnd(run.state),
  );
  const grows = !isEnd(run.state) && (page.data?.items.length ?? 0) < PAGE;
  useEffect(() => {
    if (!grows) return;
    const timer = setInterval(() => document.hidden || page.reload(), PAUSE);
    return () => clearInterval(timer);
  }, [grows, page.reload]);
  const here = ['runs', run.id];
  const looks = run.action === 'validate' || run.action === 'drift' || run.action === 'plan' || run.dryRun;
  return (
    <section aria-labelledby="objects">
      <div class="section-head">
        <h2 id="objects">Objects</h2>
        {!looks && (
          <nav class="tabs" aria-label="Objects by outcome">
            {OUTCOMES.map(([value, word]) => (
              <a key={value} href={link(here, { outcome: value })} aria-current={outcome === value ? 'true' : undefined}>
                {word}
              </a>
            ))}
          </nav>
        )}
      </div>
      {cause !== '' && (
        <p class="row">
          Only: {titled(page.data?.items[0]?.title, cause)} <a href={link(here, { outcome })}>All causes</a>
        </p>
      )}
      <Loaded from={page} what="objects">
        {(read) =>
          read.items.length === 0 ? (
            <Empty title={isEnd(run.state) ? (outcome === '' ? nothingOf(run) : 'No object ended so') : 'No object has ended yet'}>
              {looks && isEnd(run.state) && <p>{summary(run)}</p>}
              {!isEnd(run.state) && <p>They are listed in the order in which they end.</p>}
            </Empty>
          ) : (
            <>
              <ObjectsTable items={read.items} label="Objects" />
              <Pager of="objects" first={after === '' ? undefined : link(here, { outcome, cause })} next={read.nextPageToken === null ? undefined : link(here, { outcome, cause, after: read.nextPageToken })} />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

/**
 * @param planned whether nothing has become of them yet, so that there are reasons and no outcomes
 */
export function ObjectsTable({ items, label, planned = false }: { items: readonly ObjectResult[]; label: string; planned?: boolean }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Action</th>
          {!planned && <th scope="col">Outcome</th>}
          <th scope="col" class="end">
            Size
          </th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item, index) => (
          <tr key={index} class={item.action === 'DELETE' ? 'deletes' : ''}>
            <th scope="row" class="keys">
              <Key value={item.object} />
            </th>
            <td>{ACTIONS[item.action] ?? sentenceCase(item.action)}</td>
            {!planned && (
              <td>
                <Badge look={outcomeLook(item.outcome)} />
              </td>
            )}
            <td class="end number">{item.bytes > 0 ? bytes(item.bytes) : ''}</td>
            <td class="wide">
              {item.cause !== '' && <span class="tag">{item.outcome === 'PLANNED' ? reason(item.cause) : titled(item.title, item.cause)}</span>} <Words text={item.message} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
