import * as api from '../api/client';
import { disconnect } from '../live/live';
import { session, shortcuts, theme, useShortcuts as setShortcuts, version, wear } from '../state';
import { Heading, ProblemBox } from '../ui/parts';
import { useDeed } from '../ui/resource';
import { Words } from '../ui/texts';

const THEMES = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

const MAY: Record<string, string> = {
  viewer: 'reads',
  operator: 'reads, starts and cancels runs, pauses schedules',
  approver: 'reads, starts and cancels runs, and decides about plans',
  admin: 'may do everything',
};

/** Who one is, how it looks, and what answers. */
export function SettingsScreen() {
  const now = session.value;
  const leaving = useDeed(async () => {
    await api.signOut();
    disconnect();
    session.value = { kind: 'out' };
  });
  return (
    <>
      <Heading text="Settings" />
      <section class="card" aria-labelledby="you">
        <h2 id="you">You</h2>
        {now.kind === 'in' ? (
          <>
            <p>
              Signed in as <strong><Words text={now.caller.name} /></strong>, role <strong>{now.caller.role}</strong>: {MAY[now.caller.role]}.
            </p>
            {leaving.problem !== undefined && <ProblemBox problem={leaving.problem} />}
            <p>
              <button type="button" disabled={leaving.busy} onClick={() => void leaving.run()}>
                Sign out
              </button>
            </p>
          </>
        ) : (
          <p>This server asks nobody who they are.</p>
        )}
      </section>
      <section class="card" aria-labelledby="look">
        <h2 id="look">Appearance and keys</h2>
        <fieldset class="choices across">
          <legend>Colours</legend>
          {THEMES.map(([value, word]) => (
            <label key={value} class="choice">
              <input type="radio" name="theme" value={value} checked={theme.value === value} onChange={() => wear(value)} />
              <span>{word}</span>
            </label>
          ))}
        </fieldset>
        <label class="check">
          <input type="checkbox" checked={shortcuts.value} onChange={(event) => setShortcuts(event.currentTarget.checked)} />
          <span>
            <strong>Single-key shortcuts</strong> <span class="quiet">press ? to see them</span>
          </span>
        </label>
      </section>
      <section class="card" aria-labelledby="server">
        <h2 id="server">Server</h2>
        <p>Replicator {version.value}</p>
        <p>
          <a href={api.urlOf('api/v1/openapi.json')}>Description of the API</a> (OpenAPI 3.1)
        </p>
      </section>
    </>
  );
}
