import { useState } from 'preact/hooks';
import * as api from '../api/client';
import type { FindingFolder, Findings, FoundObject } from '../api/types';
import { turn } from '../live/live';
import { link, place } from '../router';
import { denied } from '../state';
import { titled } from '../text/causes';
import { bytes, count } from '../text/numbers';
import { below, steps } from '../text/prefixes';
import { lookOf } from '../text/states';
import { Badge } from '../ui/badge';
import { Deed, Empty, Heading, Loaded, Pager, Table } from '../ui/parts';
import { useResource } from '../ui/resource';
import { Ago, Key, Words } from '../ui/texts';
import { TriggerDialog } from './trigger';

type What = 'validation' | 'drift';
type Meanings = Findings['meanings'];

const TEXTS: Record<What, { title: string; action: 'validate' | 'drift'; now: string; never: string; fine: string; kinds: string[] }> = {
  validation: {
    title: 'Differences',
    action: 'validate',
    now: 'Validate…',
    never: 'Nobody has compared both sides yet',
    fine: 'Both sides are the same here',
    kinds: ['missing', 'mismatched', 'extra', 'unreadable', 'skipped'],
  },
  drift: {
    title: 'Drift',
    action: 'drift',
    now: 'Look now…',
    never: 'Nobody has looked for changes of others yet',
    fine: 'Nobody changed anything here',
    kinds: ['edited', 'deleted', 'added', 'metadata'],
  },
};

/** What the last look found, as a tree of prefixes: where one is, is in the address. */
export function FindingsScreen({ job, what }: { job: string; what: What }) {
  const [asking, setAsking] = useState(false);
  const { query } = place.value;
  const prefix = query.get('prefix') ?? '';
  const kind = query.get('kind') ?? '';
  const after = query.get('after') ?? '';
  const texts = TEXTS[what];
  const here = ['jobs', job, what];
  const known = useResource(`job ${job}`, (signal) => api.job(job, signal));
  const found = useResource(`${what} ${job} ${prefix} ${kind} ${after}`, (signal) => api.findings(job, what, { prefix, kind, pageToken: after, pageSize: '100' }, signal), turn.value);
  const look = (
    <Deed why={denied('operator')} busy={known.data === undefined} onClick={() => setAsking(true)}>
      {texts.now}
    </Deed>
  );
  return (
    <>
      <div class="head">
        <Heading text={`${texts.title} of ${job}`}>
          {texts.title} of{' '}
          <a class="plain" href={link(['jobs', job])}>
            <Words text={job} />
          </a>
        </Heading>
        <div class="deeds">{look}</div>
      </div>
      <div class="section-head">
        <nav class="crumbs" aria-label="Prefix">
          <a href={link(here, { kind })} aria-current={prefix === '' ? 'page' : undefined}>
            All keys
          </a>
          {steps(prefix).map((step) => (
            <a key={step.prefix} href={link(here, { kind, prefix: step.prefix })} aria-current={step.prefix === prefix ? 'page' : undefined}>
              <Key value={step.name} />
            </a>
          ))}
        </nav>
        <nav class="tabs" aria-label="Kinds">
          {['', ...texts.kinds].map((each) => (
            <a key={each} href={link(here, { prefix, kind: each })} aria-current={kind === each ? 'true' : undefined}>
              {each === '' ? 'All' : titled(found.data?.meanings?.[each]?.title, each)}
            </a>
          ))}
        </nav>
      </div>
      <Loaded
        from={found}
        what="findings"
        missing={
          <Empty title={texts.never}>
            <p>It writes nothing, and takes about as long as listing both buckets.</p>
          </Empty>
        }
      >
        {(read) => <Tree read={read} here={here} prefix={prefix} kind={kind} after={after} fine={texts.fine} />}
      </Loaded>
      {asking && known.data !== undefined && <TriggerDialog job={known.data} action={texts.action} onClose={() => setAsking(false)} />}
    </>
  );
}

function Tree({ read, here, prefix, kind, after, fine }: { read: Findings; here: string[]; prefix: string; kind: string; after: string; fine: string }) {
  const lost = read.resultsLost;
  return (
    <>
      <p class="row">
        <Badge look={lookOf(read.state)} />
        <span class="quiet">
          Found <Ago at={read.at} /> by run <a href={link(['runs', read.run])}>{read.run}</a>
        </span>
      </p>
      {lost && (
        <p class="note notice">
          Not all of it is here: <Words text={lost} />
        </p>
      )}
      {read.items.length === 0 ? (
        <Empty title={fine} />
      ) : (
        <>
          <Table label="Findings">
            <thead>
              <tr>
                <th scope="col">Key</th>
                <th scope="col">What</th>
                <th scope="col" class="end">
                  Size
                </th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {read.items.map((item, index) =>
                'prefix' in item ? (
                  <Folder key={index} item={item} here={here} under={prefix} kind={kind} meanings={read.meanings} />
                ) : (
                  <Found key={index} item={item} under={prefix} meanings={read.meanings} />
                ),
              )}
            </tbody>
          </Table>
          <Pager of="findings" first={after === '' ? undefined : link(here, { prefix, kind })} next={read.nextPageToken === null ? undefined : link(here, { prefix, kind, after: read.nextPageToken })} />
        </>
      )}
    </>
  );
}

function Folder({ item, here, under, kind, meanings }: { item: FindingFolder; here: string[]; under: string; kind: string; meanings: Meanings }) {
  return (
    <tr>
      <th scope="row" class="keys">
        <a class="folder" href={link(here, { prefix: item.prefix, kind })}>
          <Key value={below(item.prefix, under)} />
        </a>
      </th>
      <td class="wide" colSpan={3}>
        {Object.entries(item.kinds)
          .map(([each, number]) => `${count(number)} ${titled(meanings?.[each]?.title, each).toLowerCase()}`)
          .join(', ') || count(item.count)}
      </td>
    </tr>
  );
}

function Found({ item, under, meanings }: { item: FoundObject; under: string; meanings: Meanings }) {
  const meaning = meanings?.[item.kind];
  return (
    <tr>
      <th scope="row" class="keys">
        <Key value={below(item.object, under)} />
      </th>
      <td>
        <span class="tag" title={meaning?.remedy}>
          {titled(meaning?.title, item.kind)}
        </span>
      </td>
      <td class="end number">{item.bytes > 0 ? bytes(item.bytes) : ''}</td>
      <td class="wide">
        <Words text={item.message} />
      </td>
    </tr>
  );
}
