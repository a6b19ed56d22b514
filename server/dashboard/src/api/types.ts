import type { components } from './schema';

/** The API's words, from its description. */
type Schemas = components['schemas'];

export type Action = Schemas['Action'];
export type State = Schemas['State'];
export type Job = Schemas['Job'];
export type Progress = Schemas['Progress'];
export type Plan = Omit<Schemas['Plan'], 'report'> & { report?: Report; appliedRun?: string | null };
export type ObjectResult = Schemas['ObjectResult'];
export type Objects = Schemas['Objects'];

/** A folder of findings. */
export type FindingFolder = { prefix: string; count: number; kinds: Record<string, number> };

/** One finding. */
export type FoundObject = { object: string; kind: string; bytes: number; message: string };

/** What the last look found; of the items one kind or the other. */
export type Findings = { run: string; state: State; at: string; resultsLost?: string; meanings?: Record<string, { title: string; remedy: string }>; items: (FindingFolder | FoundObject)[]; nextPageToken: string | null };

/** What was not achieved for one cause. */
export type Trouble = { outcome: 'STALE' | 'SKIPPED' | 'FAILED' | 'NOT_RUN'; cause: string; title: string; count: number; remedy: string; examples: ObjectResult[] };

export type Channel = Schemas['Channel'];
export type Delivery = Schemas['Delivery'];
export type About = Schemas['About'];
export type Caller = Schemas['Caller'];
export type Role = Caller['role'];

/** A run; what its report says is read in `text/facts.ts`. */
export type Run = Omit<Schemas['Run'], 'report' | 'totals' | 'links'> & { links: { self: string; objects: string }; report?: Report; totals?: Partial<Record<Count | 'found' | 'requests', number>> };
export type Runs = { items: Run[]; nextPageToken: string | null };

/** The facts that `-o json` prints; which of them there are depends on the action. */
export type Report = Partial<Record<Count, number>> & {
  gate?: { verdict: 'NOT_ASKED' | 'OPEN' | 'CLOSED'; reason: string; planned: number; limit: number };
  failures?: { key: string; cause: string; message: string }[];
  failuresTruncated?: boolean;
  warnings?: string[];
  problem?: { kind: string; message: string } | null;
};

export type Count =
  | 'copied'
  | 'overwritten'
  | 'deleted'
  | 'metadataUpdated'
  | 'unchanged'
  | 'skipped'
  | 'stale'
  | 'failed'
  | 'bytes'
  | 'durationMillis'
  | 'matched'
  | 'missing'
  | 'mismatched'
  | 'extra'
  | 'unreadable'
  | 'compared'
  | 'edited'
  | 'metadata'
  | 'added';

/** What a run is asked for. */
export type RunRequest = {
  action: 'sync' | 'plan' | 'validate' | 'drift';
  dryRun?: boolean;
  reason?: string;
  overrides?: { paths?: string[]; delete?: 'never'; compare?: string };
};
