import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { whatToDo, type Problem } from '../api/problem';
import { link } from '../router';
import { title } from '../state';
import type { Resource } from './resource';
import { Words } from './texts';

/** A screen's heading; it takes the focus when the screen is entered, so that keyboards and screen readers start there. */
export function Heading({ children, text }: { children?: ComponentChildren; text: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${text} · ${title.value}`;
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [text]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children ?? text}
    </h1>
  );
}

/** What went wrong, why, and what to do: beside where it was asked for. */
export function ProblemBox({ problem, onRetry }: { problem: Problem; onRetry?: (() => void) | undefined }) {
  return (
    <div class="note bad" role="alert">
      <p>
        <strong>{problem.title}.</strong> <Words text={problem.detail} />
      </p>
      <p>{whatToDo(problem)}</p>
      {(problem.runId !== undefined || onRetry !== undefined) && (
        <p class="row">
          {problem.runId !== undefined && <a href={link(['runs', problem.runId])}>Go to the run that is under way</a>}
          {onRetry !== undefined && (
            <button type="button" onClick={onRetry}>
              Try again
            </button>
          )}
        </p>
      )}
    </div>
  );
}

/**
 * A resource's data, once there is some; until then that it is read, or why it can't be.
 *
 * @param missing what is shown where there is no such thing
 * @param heading of a screen that has none of its own before the data is there
 */
export function Loaded<T>({ from, what, missing, heading, children }: { from: Resource<T>; what: string; missing?: JSX.Element; heading?: string; children: (data: T) => ComponentChildren }) {
  if (from.data !== undefined) {
    return (
      <>
        {from.problem !== undefined && <ProblemBox problem={from.problem} onRetry={from.reload} />}
        {children(from.data)}
      </>
    );
  }
  if (from.problem === undefined) return <p class="reading">Reading {what}…</p>;
  if (missing !== undefined && from.problem.status === 404) return missing;
  return (
    <>
      {heading !== undefined && <Heading text={heading} />}
      <ProblemBox problem={from.problem} onRetry={from.reload} />
    </>
  );
}

/** Nothing is there, and what that means. */
export function Empty({ title: heading, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{heading}</p>
      {children}
    </div>
  );
}

/** The way to the next page, and back to the first; the browser's own way back leads to the one before. */
export function Pager({ of, first, next }: { of: string; first: string | undefined; next: string | undefined }) {
  if (first === undefined && next === undefined) return null;
  return (
    <nav class="pager" aria-label={`Pages of ${of}`}>
      {first !== undefined && <a href={first}>First page</a>}
      {next !== undefined && (
        <a href={next} rel="next">
          Next page
        </a>
      )}
    </nav>
  );
}

/** A wide table scrolls by itself rather than the page; keyboards can scroll it too. */
export function Table({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="table" role="group" aria-label={label} tabIndex={0}>
      <table>{children}</table>
    </div>
  );
}

/** A deed that may be denied: then the button rests, and the reason stands beside it. */
export function Deed({ onClick, why, busy, kind = '', children }: { onClick: () => void; why?: string | undefined; busy?: boolean; kind?: string; children: ComponentChildren }) {
  return (
    <span class="deed">
      <button type="button" class={kind} disabled={why !== undefined || busy === true} onClick={onClick}>
        {children}
      </button>
      {why !== undefined && <span class="why">{why}</span>}
    </span>
  );
}
