import type { ObjectResult, Trouble } from '../api/types';
import { sentenceCase } from './states';

/** What a class of failures, skips or findings means, and what to do about it. */
export type Cause = { title: string; remedy: string };

const FAILURES: Record<string, Cause> = {
  PERMISSION: {
    title: 'Not permitted',
    remedy: 'Allow Replicator’s identity to read these keys in the source and to write them in the destination, then run again.',
  },
  THROTTLED: {
    title: 'Slowed down by the store',
    remedy: 'Run again later, or lower requests-per-second or concurrency in the job’s transfer settings.',
  },
  NETWORK: {
    title: 'Network',
    remedy: 'The store was not reached or hung up, several times. Check the way to it, then run again: what is done stays done.',
  },
  CORRUPT: {
    title: 'Bytes did not match',
    remedy: 'What arrived was not what was sent, so it was not kept. Run again; if it stays, read the source object by hand.',
  },
  CONFLICT: {
    title: 'Changed by someone else meanwhile',
    remedy: 'Something else writes to these keys. Find out what, then run again: the next run decides afresh.',
  },
  INVALID: {
    title: 'The store refuses it',
    remedy: 'The key, size or metadata is not one that this store takes. The message says which; rename, exclude or change it.',
  },
  INTERNAL: {
    title: 'An error of Replicator',
    remedy: 'Please report it, with the message and the server’s log around this run.',
  },
};

const SKIPS: Record<string, Cause> = {
  ARCHIVED: { title: 'Archived', remedy: 'Restore the object from its archive storage class first.' },
  UNSAFE_KEY: { title: 'Key no safe path', remedy: 'The destination can’t hold such a key. Rename the object, or exclude it.' },
  SYMLINK: { title: 'Symbolic link', remedy: 'Links are not followed; copy the file itself into the source.' },
  SPECIAL_FILE: { title: 'Not a regular file', remedy: 'Sockets, pipes and devices are not copied. Exclude them to silence this.' },
  UNREADABLE: { title: 'Unreadable', remedy: 'Give Replicator’s user the right to read it.' },
  DRIFT: { title: 'Changed in the destination', remedy: 'Someone changed it there. Look at the drift, then keep or overwrite it.' },
  TOO_LARGE_FOR_DESTINATION: { title: 'Too large', remedy: 'The destination can’t hold an object of this size.' },
  ENCRYPTED_WITH_CUSTOMER_KEY: { title: 'Encrypted with a customer’s key', remedy: 'Objects under SSE-C can’t be read. Exclude them, or store them otherwise.' },
  METADATA_LOSS: { title: 'Metadata would be lost', remedy: 'The destination can’t hold all of its metadata. Allow less, or exclude it.' },
};

const FINDINGS: Record<string, Cause> = {
  MISSING: { title: 'Missing', remedy: 'In the source only. A sync copies it.' },
  MISMATCHED: { title: 'Different', remedy: 'Not the same on both sides. A sync overwrites the destination’s if the source’s is newer.' },
  EXTRA: { title: 'Extra', remedy: 'In the destination only. A sync deletes it only where the job mirrors.' },
  EDITED: { title: 'Edited', remedy: 'Someone changed it in the destination since the last sync.' },
  DELETED: { title: 'Deleted', remedy: 'Someone deleted it from the destination since the last sync.' },
  ADDED: { title: 'Added', remedy: 'Someone put it into the destination; no sync did.' },
  METADATA: { title: 'Metadata edited', remedy: 'Someone changed its metadata in the destination.' },
};

/** The meaning of a failure's cause. */
export const failure = (cause: string): Cause => FAILURES[cause] ?? unknown(cause);

/** The meaning of a skip's reason. */
export const skip = (reason: string): Cause => SKIPS[reason] ?? unknown(reason);

/** The meaning of a kind of finding, in whatever case it is written. */
export const finding = (kind: string): Cause => FINDINGS[kind.toUpperCase()] ?? SKIPS[kind.toUpperCase()] ?? unknown(kind);

const REASONS: Record<string, string> = {
  MISSING: 'New',
  SIZE: 'Other size',
  NEWER: 'Source is newer',
  ETAG: 'Other ETag',
  CHECKSUM: 'Other content',
  UNPROVEN_EQUAL: 'Not proven equal',
  SOURCE_CHANGED: 'Source changed',
  DRIFT: 'Changed by others',
  METADATA: 'Other metadata',
  EXTRA: 'Not in the source',
};

/** Why an action is planned. */
export const reason = (word: string): string => REASONS[word] ?? sentenceCase(word);

const ENDS: Record<string, Cause> = {
  STALE: { title: 'Changed meanwhile', remedy: 'It was changed while the run was under way, so it was left alone. The next run decides afresh.' },
  NOT_RUN: { title: 'Not begun', remedy: 'The run was stopped before it came to this. Run again to go on.' },
};

/** The meaning of an outcome that has no causes of its own. */
export const ending = (outcome: string): Cause => ENDS[outcome] ?? unknown(outcome);

const unknown = (word: string): Cause => ({
  title: word === '' ? 'Other' : sentenceCase(word),
  remedy: 'The message says more.',
});

/** What to do about a run that ended early, by the class of its problem. */
export function problemRemedy(kind: string): string {
  switch (kind) {
    case 'ACCESS':
      return 'Check that the bucket or directory exists, and that Replicator’s credentials are valid and may use it. Then run again.';
    case 'REFUSED':
      return 'A guard said no, and nothing was deleted. If it is right after all, change the limit it names, or narrow the job.';
    case 'LOCKED':
      return 'Another process runs this job. Wait for its end, then run again if it is still needed.';
    case 'LIMIT':
      return 'A limit of time or size stopped it. What is done stays done; run again to go on.';
    case 'CANCELLED':
      return 'What is done stays done; run again to go on.';
    default:
      return 'Set right what the message names, then run again: what is done stays done.';
  }
}

/** Objects by outcome and cause, the most frequent first, with the first of each as examples. */
export function grouped(objects: readonly ObjectResult[]): Trouble[] {
  const groups = new Map<string, Trouble>();
  for (const object of objects) {
    const { outcome, cause } = object;
    if (outcome !== 'FAILED' && outcome !== 'STALE' && outcome !== 'SKIPPED') continue;
    const group = groups.get(`${outcome} ${cause}`) ?? { outcome, cause, count: 0, remedy: '', examples: [] };
    group.count++;
    if (group.examples.length < EXAMPLES) group.examples.push(object);
    groups.set(`${outcome} ${cause}`, group);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || a.cause.localeCompare(b.cause));
}

const EXAMPLES = 5;
