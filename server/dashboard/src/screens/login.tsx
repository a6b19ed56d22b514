import { useEffect, useRef, useState } from 'preact/hooks';
import * as api from '../api/client';
import { session, title } from '../state';
import { Heading, ProblemBox } from '../ui/parts';
import { useDeed } from '../ui/resource';
import { Logo } from '../ui/logo';

/** Exchanges a token for a session; the token itself is kept nowhere. */
export function Login() {
  const [token, setToken] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const deed = useDeed(async () => {
    try {
      session.value = { kind: 'in', caller: await api.signIn(token.trim()) };
    } finally {
      setToken('');
      field.current?.focus();
    }
  });
  const refused = deed.problem?.status === 401;
  return (
    <main class="login">
      <form
        class="form card"
        onSubmit={(event) => {
          event.preventDefault();
          void deed.run();
        }}
      >
        <Heading text={`Sign in to ${title.value}`}>
          <Logo /> Sign in
        </Heading>
        <label class="field">
          <span>Token</span>
          <input ref={field} type="password" name="token" required maxLength={512} autocomplete="current-password" spellcheck={false} value={token} onInput={(event) => setToken(event.currentTarget.value)} />
          <small>One of those that the server’s configuration names, or the one in the file that <code>replicator serve</code> named when it started.</small>
        </label>
        {refused && (
          <div class="note bad" role="alert">
            <p>
              <strong>That token is not known here.</strong> Check that it was copied whole, then try again.
            </p>
          </div>
        )}
        {deed.problem !== undefined && !refused && <ProblemBox problem={deed.problem} />}
        <button type="submit" class="primary" disabled={deed.busy}>
          {deed.busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}
