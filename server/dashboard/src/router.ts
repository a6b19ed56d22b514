import { signal } from '@preact/signals';

/** Where somebody is: the steps of the path and what is asked of it. */
export type Place = { path: string[]; query: URLSearchParams };

/** The place in a location's hash; a step that can't be decoded is taken as it stands. */
export function placeIn(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  return { path: path.split('/').filter(Boolean).map(decoded), query: new URLSearchParams(query) };
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

/** The hash of a place; what is empty is left out. */
export function link(path: readonly string[], query: Record<string, string | undefined> = {}): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value) asked.set(name, value);
  }
  const text = asked.toString();
  return `#/${path.map(encodeURIComponent).join('/')}${text && `?${text}`}`;
}

/** Where somebody is now. */
export const place = signal<Place>(typeof location === 'undefined' ? placeIn('') : placeIn(location.hash));

export function watchPlace() {
  addEventListener('hashchange', () => {
    place.value = placeIn(location.hash);
  });
}

/** Goes there; the way back leads here. */
export const go = (hash: string) => {
  location.hash = hash;
};
