import { sentenceCase } from './states';

/** What the server calls a cause; its code where it has no name for it. */
export const titled = (title: string | undefined, code: string): string => title || (code === '' ? 'Other' : sentenceCase(code));

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
