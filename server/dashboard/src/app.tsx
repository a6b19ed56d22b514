import { Component, type ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { onSignedOut } from './api/client';
import { problemOf, type Problem } from './api/problem';
import { connect, connection, disconnect } from './live/live';
import { go, link, place } from './router';
import { FindingsScreen } from './screens/findings';
import { JobScreen } from './screens/job';
import { Login } from './screens/login';
import { NotificationsScreen } from './screens/notifications';
import { Overview } from './screens/overview';
import { PlanScreen } from './screens/plan';
import { RunScreen } from './screens/run';
import { RunsScreen } from './screens/runs';
import { SettingsScreen } from './screens/settings';
import { announcement, introduce, recognise, session, shortcuts, title } from './state';
import { short } from './text/times';
import { Dialog } from './ui/dialog';
import { Logo } from './ui/logo';
import { Empty, Heading, ProblemBox } from './ui/parts';
import { Words } from './ui/texts';

function screen(path: readonly string[]) {
  const [first, second, third] = path;
  if (first === undefined) return <Overview />;
  if (first === 'jobs' && second !== undefined && third === undefined) return <JobScreen key={second} name={second} />;
  if (first === 'jobs' && second !== undefined && (third === 'validation' || third === 'drift')) return <FindingsScreen key={second + third} job={second} what={third} />;
  if (first === 'runs' && second !== undefined) return <RunScreen key={second} id={second} />;
  if (first === 'runs') return <RunsScreen />;
  if (first === 'plans' && second !== undefined) return <PlanScreen key={second} id={second} />;
  if (first === 'notifications') return <NotificationsScreen />;
  if (first === 'settings') return <SettingsScreen />;
  return (
    <>
      <Heading text="Nothing here" />
      <Empty title="The dashboard has no such page">
        <a href="#/">Overview</a>
      </Empty>
    </>
  );
}

export function App() {
  useEffect(() => {
    onSignedOut(() => {
      disconnect();
      session.value = { kind: 'out' };
    });
    void recognise();
  }, []);
  const now = session.value;
  const inside = now.kind === 'in' || now.kind === 'open';
  useEffect(() => {
    if (!inside) return;
    void introduce();
    connect();
  }, [inside]);

  if (now.kind === 'asking') return <main class="reading">One moment…</main>;
  if (now.kind === 'failed') {
    return (
      <main class="login">
        <ProblemBox problem={now.problem} onRetry={() => void recognise()} />
      </main>
    );
  }
  if (now.kind === 'out') return <Login />;
  return <Shell />;
}

function Shell() {
  const [helping, setHelping] = useState(false);
  const main = useRef<HTMLElement>(null);
  useKeys(() => setHelping(true));
  const { path } = place.value;
  const where = path.join('/');
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.querySelector('h1')?.focus()}>
        Skip to content
      </button>
      <header>
        <div class="top">
          <a class="brand" href="#/">
            <Logo />
            <Words text={title.value} />
          </a>
          <nav aria-label="Main">
            <Tab to="#/" current={path.length === 0 || path[0] === 'jobs'}>
              Overview
            </Tab>
            <Tab to="#/runs" current={path[0] === 'runs' && place.value.query.get('action') !== 'plan'}>
              Runs
            </Tab>
            <Tab to={link(['runs'], { action: 'plan' })} current={path[0] === 'plans' || (path[0] === 'runs' && place.value.query.get('action') === 'plan')}>
              Plans
            </Tab>
            <Tab to="#/notifications" current={path[0] === 'notifications'}>
              Notifications
            </Tab>
            <Tab to="#/settings" current={path[0] === 'settings'}>
              Settings
            </Tab>
          </nav>
          <div class="side">
            <News />
            <Who />
          </div>
        </div>
      </header>
      <main ref={main} id="main">
        <Boundary key={where}>{screen(path)}</Boundary>
      </main>
      <div role="status" class="unseen">
        {announcement.value}
      </div>
      {helping && <Shortcuts onClose={() => setHelping(false)} />}
    </>
  );
}

function Tab({ to, current, children }: { to: string; current: boolean; children: string }) {
  return (
    <a href={to} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  );
}

/** Whether what is shown is what is. */
function News() {
  const now = connection.value;
  if (now.kind === 'live') return <span class="news good">Live</span>;
  if (now.kind === 'polling') {
    return (
      <span class="news notice" title={`No live events since ${short(now.since)}; the server is asked every 5 seconds instead.`}>
        Every 5 s
      </span>
    );
  }
  if (now.kind === 'reconnecting') return <span class="news notice">Reconnecting…</span>;
  return <span class="news quiet">Connecting…</span>;
}

function Who() {
  const now = session.value;
  if (now.kind !== 'in') return null;
  return (
    <a class="who plain" href="#/settings">
      <Words text={now.caller.name} /> <span class="quiet">{now.caller.role}</span>
    </a>
  );
}

/** An error of one screen stays in it. */
class Boundary extends Component<{ children: ComponentChildren }, { problem?: Problem }> {
  static override getDerivedStateFromError(thrown: unknown) {
    return { problem: problemOf(thrown) };
  }

  override render() {
    const { problem } = this.state;
    if (problem === undefined) return this.props.children;
    return (
      <>
        <Heading text="This page broke" />
        <ProblemBox problem={problem} onRetry={() => this.setState({})} />
      </>
    );
  }
}

const KEYS: [string, string][] = [
  ['g o', 'Overview'],
  ['g r', 'Runs'],
  ['g p', 'Plans'],
  ['g n', 'Notifications'],
  ['g s', 'Settings'],
  ['?', 'These shortcuts'],
];

const WAYS: Record<string, string> = { o: '#/', r: '#/runs', p: '#/runs?action=plan', n: '#/notifications', s: '#/settings' };

/** Single keys, unless they are off, or somebody writes. */
function useKeys(help: () => void) {
  useEffect(() => {
    let last = '';
    const pressed = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : undefined;
      const writing = target?.closest('input, textarea, select, dialog') !== null && target !== undefined;
      if (!shortcuts.value || writing || event.ctrlKey || event.metaKey || event.altKey) return;
      const way = last === 'g' ? WAYS[event.key] : undefined;
      last = event.key;
      if (way !== undefined) go(way);
      else if (event.key === '?') help();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}

function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Shortcuts" onClose={onClose}>
      <dl class="facts">
        {KEYS.map(([keys, says]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">They can be turned off in the settings.</p>
      <div class="actions">
        <button type="button" class="primary" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
