import type { Progress } from '../api/types';

/** Done in hundredths of what is known to be done; undefined while nothing is known. */
export function percent(progress: Progress | undefined): number | undefined {
  if (progress === undefined || progress.planned === 0) return undefined;
  return Math.min(100, Math.floor((progress.finished * 100) / progress.planned));
}

/**
 * Tells when to speak: at each quarter once, never twice and never backwards, although the plan still grows and the share
 * shrinks with it.
 */
export class Quarters {
  #last = 0;

  /** The quarter that was newly reached, else undefined. */
  reached(share: number | undefined): number | undefined {
    const quarter = Math.floor((share ?? 0) / 25) * 25;
    if (quarter <= this.#last || quarter >= 100) return undefined;
    this.#last = quarter;
    return quarter;
  }
}

type Sample = { at: number; bytes: number; finished: number };

/** How fast it has been going for the last ten seconds. */
export class Pace {
  #samples: Sample[] = [];

  /** Takes a measurement at a time in milliseconds; gives bytes and objects a second, once two are apart. */
  measured(at: number, progress: Pick<Progress, 'bytes' | 'finished'>): { bytes: number; objects: number } | undefined {
    this.#samples.push({ at, bytes: progress.bytes, finished: progress.finished });
    while (this.#samples.length > 2 && at - (this.#samples[1]?.at ?? at) > 10_000) this.#samples.shift();
    const first = this.#samples[0];
    if (first === undefined || at - first.at < 500) return undefined;
    const seconds = (at - first.at) / 1_000;
    return {
      bytes: Math.max(0, progress.bytes - first.bytes) / seconds,
      objects: Math.max(0, progress.finished - first.finished) / seconds,
    };
  }
}
