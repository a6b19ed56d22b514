import { useState } from 'preact/hooks';
import * as api from '../api/client';
import type { Job, RunRequest } from '../api/types';
import { hear } from '../live/live';
import { go, link } from '../router';
import { Dialog } from '../ui/dialog';
import { ProblemBox } from '../ui/parts';
import { useDeed } from '../ui/resource';
import { Flow } from '../ui/texts';

type Choice = RunRequest['action'];

const CHOICES: { action: Choice; word: string; says: string }[] = [
  { action: 'sync', word: 'Sync', says: 'Copies what differs, and deletes only if the job mirrors.' },
  { action: 'plan', word: 'Plan', says: 'Writes down what a sync would do, for somebody to approve.' },
  { action: 'validate', word: 'Validate', says: 'Compares both sides and writes nothing.' },
  { action: 'drift', word: 'Drift check', says: 'Looks for what others changed in the destination.' },
];

/** Letters that no other request has; `randomUUID` is not there on pages without TLS. */
const unique = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function verb(action: Choice, dryRun: boolean): string {
  if (action === 'sync') return dryRun ? 'Start dry run' : 'Start sync';
  return { plan: 'Make plan', validate: 'Start validation', drift: 'Start drift check' }[action];
}

/** Asks what to run, and how much of the job; then goes to the run. */
export function TriggerDialog({ job, action: preset = 'sync', onClose }: { job: Job; action?: Choice; onClose: () => void }) {
  const [action, setAction] = useState<Choice>(preset);
  const [dryRun, setDryRun] = useState(true);
  const [keep, setKeep] = useState(false);
  const [compare, setCompare] = useState('');
  const [paths, setPaths] = useState('');
  const [reason, setReason] = useState('');
  const [key, setKey] = useState(unique);

  const changes = action === 'sync' || action === 'plan';
  const deed = useDeed(async () => {
    const prefixes = paths.split('\n').filter((line) => line !== '');
    const overrides = {
      ...(prefixes.length > 0 ? { paths: prefixes } : {}),
      ...(keep && changes ? { delete: 'never' as const } : {}),
      ...(compare !== '' && action !== 'drift' ? { compare } : {}),
    };
    const run = await api.start(
      job.name,
      {
        action,
        ...(action === 'sync' ? { dryRun } : {}),
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        ...(Object.keys(overrides).length > 0 ? { overrides } : {}),
      },
      key,
    );
    hear(run);
    onClose();
    go(link(['runs', run.id]));
  });

  // Another request is another one: only the very same may be repeated under its key.
  const changed = <T,>(set: (value: T) => void) => (value: T) => {
    set(value);
    setKey(unique());
    deed.forget();
  };

  return (
    <Dialog title={`Run ${job.name}`} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void deed.run();
        }}
      >
        <p class="quiet">
          <Flow source={job.source} destination={job.destination} />
        </p>
        <fieldset class="choices">
          <legend>What to do</legend>
          {CHOICES.map((choice) => (
            <label key={choice.action} class="choice">
              <input type="radio" name="action" value={choice.action} checked={action === choice.action} onChange={() => changed(setAction)(choice.action)} />
              <span>
                <strong>{choice.word}</strong> <span class="quiet">{choice.says}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {action === 'sync' && (
          <label class="check">
            <input type="checkbox" name="dryRun" checked={dryRun} onChange={(event) => changed(setDryRun)(event.currentTarget.checked)} />
            <span>
              <strong>Dry run</strong> <span class="quiet">says what it would do and writes nothing</span>
            </span>
          </label>
        )}
        <label class="field">
          <span>Reason</span>
          <input name="reason" maxLength={1000} value={reason} onInput={(event) => changed(setReason)(event.currentTarget.value)} placeholder="For the history; may stay empty" />
        </label>
        <details>
          <summary>Only a part of the job</summary>
          <label class="field">
            <span>Prefixes, one a line</span>
            <textarea name="paths" rows={3} spellcheck={false} value={paths} onInput={(event) => changed(setPaths)(event.currentTarget.value)} />
            <small>Within the job’s paths. Empty: all of it.</small>
          </label>
          {changes && (
            <label class="check">
              <input type="checkbox" name="keep" checked={keep} onChange={(event) => changed(setKeep)(event.currentTarget.checked)} />
              <span>Delete nothing this time</span>
            </label>
          )}
          {action !== 'drift' && (
            <label class="field">
              <span>Compare by</span>
              <select name="compare" value={compare} onChange={(event) => changed(setCompare)(event.currentTarget.value)}>
                <option value="">as the job says</option>
                <option value="size-and-modified">size and modification time</option>
                <option value="size-only">size only</option>
                <option value="etag">ETag</option>
                <option value="checksum">checksum</option>
              </select>
            </label>
          )}
        </details>
        {deed.problem !== undefined && <ProblemBox problem={deed.problem} />}
        <div class="actions">
          <button type="button" onClick={onClose}>
            Close
          </button>
          <button type="submit" class={action === 'sync' && !dryRun ? 'primary writes' : 'primary'} disabled={deed.busy}>
            {deed.busy ? 'Starting…' : verb(action, dryRun)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
