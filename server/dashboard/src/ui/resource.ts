import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { problemOf, type Problem } from '../api/problem';
import { epoch } from '../live/live';

/** Something that is read from the server: what is known of it stays while it is read anew. */
export type Resource<T> = { data: T | undefined; problem: Problem | undefined; loading: boolean; reload: () => void };

/**
 * Reads when the key changes, when everything is to be read anew, and on demand; what comes too late is dropped.
 *
 * @param key of what is read; data of another key is never shown under it
 */
export function useResource<T>(key: string, load: (signal: AbortSignal) => Promise<T>, again: unknown = 0): Resource<T> {
  const [state, setState] = useState<{ key: string; data?: T; problem?: Problem; loading: boolean }>({ key, loading: true });
  const [wanted, setWanted] = useState(0);
  const loader = useRef(load);
  loader.current = load;
  const era = epoch.value;

  useEffect(() => {
    const abort = new AbortController();
    setState((before) => (before.key === key ? { ...before, loading: true } : { key, loading: true }));
    loader.current(abort.signal).then(
      (data) => {
        if (!abort.signal.aborted) setState({ key, data, loading: false });
      },
      (thrown: unknown) => {
        if (abort.signal.aborted) return;
        const problem = problemOf(thrown);
        setState((before) => ({ ...(before.key === key ? before : { key }), problem, loading: false }));
      },
    );
    return () => abort.abort();
  }, [key, era, again, wanted]);

  const reload = useCallback(() => setWanted((times) => times + 1), []);
  const mine = state.key === key;
  return { data: mine ? state.data : undefined, problem: mine ? state.problem : undefined, loading: mine ? state.loading : true, reload };
}

/** A deed that is asked for by a button: at most one at a time, and what became of it. */
export function useDeed<A extends unknown[]>(deed: (...given: A) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run = async (...given: A) => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await deed(...given);
    } catch (thrown) {
      setProblem(problemOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run, forget: () => setProblem(undefined) };
}
