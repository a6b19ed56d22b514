import type { Run } from '../api/types';
import { latest } from '../live/live';
import { link } from '../router';
import { actionWord, summary } from '../text/facts';
import { lookOf } from '../text/states';
import { short } from '../text/times';
import { Sign } from './badge';

/** A job's recent runs, oldest first, each a small way to it. */
export function Cells({ runs, most }: { runs: readonly Run[]; most: number }) {
  const shown = runs.slice(0, most).map(latest).reverse();
  return (
    <ol class="cells" aria-label="Recent runs, oldest first">
      {shown.map((run) => {
        const look = lookOf(run.state);
        const text = `${short(Date.parse(run.createdAt))}, ${actionWord(run)}: ${look.word}. ${summary(run)}`;
        return (
          <li key={run.id}>
            <a class={`cell ${look.tone}`} href={link(['runs', run.id])} aria-label={text} title={text}>
              <Sign shape={look.shape} />
            </a>
          </li>
        );
      })}
    </ol>
  );
}
