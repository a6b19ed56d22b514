const UNITS: [string, number][] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
];

/** A time as people say it, seen from `now` (both in milliseconds): "4 min ago", "in 2 h", "just now". */
export function relative(then: number, now: number): string {
  const seconds = Math.round((then - now) / 1_000);
  const size = Math.abs(seconds);
  if (size < 10) return seconds > 1 ? 'in a moment' : 'just now';
  const [unit, length] = UNITS.find(([, each]) => size >= each) ?? ['s', 1];
  const amount = `${Math.floor(size / length)} ${unit}`;
  return seconds < 0 ? `${amount} ago` : `in ${amount}`;
}

/** A span of time: "850 ms", "12 s", "4 min 5 s", "2 h 3 min". */
export function duration(millis: number): string {
  if (millis < 1_000) return `${Math.max(0, Math.round(millis))} ms`;
  const seconds = Math.floor(millis / 1_000);
  if (seconds < 10) return `${(millis / 1_000).toFixed(1)} s`;
  const index = UNITS.findIndex(([, each]) => seconds >= each);
  const [unit, length] = UNITS[index] ?? ['s', 1];
  const next = UNITS[index + 1];
  const rest = next && Math.floor((seconds % length) / next[1]);
  return `${Math.floor(seconds / length)} ${unit}${next && rest ? ` ${rest} ${next[0]}` : ''}`;
}

const EXACT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});
const SHORT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** To the second, with its zone. */
export const exact = (millis: number) => EXACT.format(millis);

/** To the minute, without the year. */
export const short = (millis: number) => SHORT.format(millis);
