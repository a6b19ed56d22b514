import { computed, signal } from '@preact/signals';
import * as api from './api/client';
import { problemOf, type Problem } from './api/problem';
import type { Caller, Role } from './api/types';

/** Who is signed in. A server that asks nobody who they are has no session. */
export type Session =
  | { kind: 'asking' }
  | { kind: 'out' }
  | { kind: 'in'; caller: Caller }
  | { kind: 'open' }
  | { kind: 'failed'; problem: Problem };

export const session = signal<Session>({ kind: 'asking' });

export async function recognise() {
  try {
    session.value = { kind: 'in', caller: await api.me() };
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (problem.status === 401) session.value = { kind: 'out' };
    else if (problem.status === 404) session.value = { kind: 'open' };
    else session.value = { kind: 'failed', problem };
  }
}

const ROLES: Role[] = ['viewer', 'operator', 'approver', 'admin'];

const role = computed<Role>(() => (session.value.kind === 'in' ? session.value.caller.role : 'admin'));

/** Why somebody may not do what takes a role; undefined when they may. The server decides; this only says it beforehand. */
export function denied(least: Role): string | undefined {
  return ROLES.indexOf(role.value) >= ROLES.indexOf(least) ? undefined : `This takes the role ${least}; yours is ${role.value}.`;
}

/** What the dashboard is called, and what answers. */
export const title = signal('Replicator');
export const version = signal('');

export async function introduce() {
  try {
    const about = await api.about();
    title.value = about.title || 'Replicator';
    version.value = about.version;
  } catch {
    // It goes by its name.
  }
}

/** Milliseconds; moves on by itself, so that "4 min ago" does. */
export const now = signal(Date.now());

export function keepTime() {
  setInterval(() => {
    now.value = Date.now();
  }, 1_000);
}

/** Said to those who listen rather than look. */
export const announcement = signal('');

export function announce(text: string) {
  announcement.value = text;
}

type Theme = 'system' | 'light' | 'dark';

const stored = (key: string) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

const store = (key: string, value: string | null) => {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // It lasts as long as the page, then.
  }
};

const THEME = 'replicator-theme';
const known = typeof localStorage === 'undefined' ? null : stored(THEME);

export const theme = signal<Theme>(known === 'light' || known === 'dark' ? known : 'system');

export function wear(next: Theme) {
  theme.value = next;
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  store(THEME, next === 'system' ? null : next);
}

const SHORTCUTS = 'replicator-shortcuts';

/** Whether single keys do something: they get in the way of those who dictate. */
export const shortcuts = signal(typeof localStorage === 'undefined' || stored(SHORTCUTS) !== 'off');

export function useShortcuts(on: boolean) {
  shortcuts.value = on;
  store(SHORTCUTS, on ? null : 'off');
}
