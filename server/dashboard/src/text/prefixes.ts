/** The way down to a prefix: each step's own name and the whole prefix that leads to it. */
export function steps(prefix: string): { name: string; prefix: string }[] {
  const found: { name: string; prefix: string }[] = [];
  let start = 0;
  for (let at = prefix.indexOf('/'); at >= 0; at = prefix.indexOf('/', start)) {
    found.push({ name: prefix.slice(start, at + 1), prefix: prefix.slice(0, at + 1) });
    start = at + 1;
  }
  if (start < prefix.length) found.push({ name: prefix.slice(start), prefix });
  return found;
}

/** What is left of a key below the prefix that is looked at. */
export const below = (key: string, prefix: string) => (key.startsWith(prefix) && key !== prefix ? key.slice(prefix.length) : key);
