/** What was answered instead of what was asked for: RFC 9457, or what stands for it where nothing was answered at all. */
export type Problem = {
  status: number;
  code: string;
  title: string;
  detail: string;
  runId?: string;
  /** Seconds to wait, where the server said so. */
  retryAfter?: number;
};

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
  }
}

/** Nobody answered: the network, or a server that is not running. */
export const UNREACHABLE: Problem = {
  status: 0,
  code: 'unreachable',
  title: 'The server does not answer',
  detail: 'It may be restarting, or the way to it is cut.',
};

/** Whatever was thrown, as a problem. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { status: 0, code: 'dashboard', title: 'An error of the dashboard itself', detail };
}

/** The problem in an answer that is none of 2xx. */
export function problemIn(status: number, body: string, retryAfter: string | null): Problem {
  const seconds = retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? { retryAfter: Number(retryAfter) } : {};
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json === 'object' && json !== null) {
      const { title, detail, code, runId } = json as Record<string, unknown>;
      return {
        status,
        code: typeof code === 'string' ? code : `http-${status}`,
        title: typeof title === 'string' ? title : `The server answered ${status}`,
        detail: typeof detail === 'string' ? detail : '',
        ...(typeof runId === 'string' ? { runId } : {}),
        ...seconds,
      };
    }
  } catch {
    // A proxy's page, most likely.
  }
  return {
    status,
    code: `http-${status}`,
    title: `The server answered ${status}`,
    detail: 'The answer was not one of Replicator; a proxy in between may have given it.',
    ...seconds,
  };
}

/** What to do about it. */
export function whatToDo(problem: Problem): string {
  if (problem.code === 'unreachable') return 'Check that the server runs, then try again.';
  switch (problem.status) {
    case 401:
      return 'Sign in again.';
    case 403:
      return 'Ask someone whose role allows it, or sign in with another token.';
    case 404:
      return 'It may have been renamed or forgotten, or this version of the server does not have it.';
    case 409:
      return 'Something else is under way or was decided before; look at it first.';
    case 410:
      return 'It is too old to be kept. Make a new one.';
    case 412:
      return 'It was changed since you opened it. Read it again, then decide.';
    case 429:
      return problem.retryAfter === undefined
        ? 'Wait a minute, then try again.'
        : `Wait ${problem.retryAfter} s, then try again.`;
    case 503:
      return 'Try again in a moment. Runs go on meanwhile; the server’s log says more.';
    default:
      return problem.status >= 500
        ? 'Try again; if it stays, the server’s log says more.'
        : 'Change what was asked for, then try again.';
  }
}
