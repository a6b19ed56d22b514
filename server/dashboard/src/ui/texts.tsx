import { useState } from 'preact/hooks';
import { now } from '../state';
import { pieces, plain, shortened } from '../text/keys';
import { exact, relative } from '../text/times';

/** A moment as it is said, with the exact one behind it. */
export function Ago({ at }: { at: string }) {
  const millis = Date.parse(at);
  return (
    <time dateTime={at} title={exact(millis)}>
      {relative(millis, now.value)}
    </time>
  );
}

function Pieces({ text, spaces = true }: { text: string; spaces?: boolean }) {
  return (
    <>
      {pieces(text, spaces).map((piece, index) =>
        'text' in piece ? (
          piece.text
        ) : (
          <span key={index} class="hidden-sign" title={piece.name}>
            {piece.sign}
          </span>
        ),
      )}
    </>
  );
}

/** A key, whatever is in it: text only, kept apart from the direction of what stands around, the unseen made visible. */
export function Key({ value }: { value: string }) {
  const [whole, setWhole] = useState(false);
  const parts = whole ? undefined : shortened(value, 90, 50);
  return (
    <bdi class="key" dir="ltr">
      {parts === undefined ? (
        <Pieces text={value} />
      ) : (
        <>
          <Pieces text={parts.head} />
          <button type="button" class="cut-out" aria-label={`Show the ${parts.cut} characters left out here`} onClick={() => setWhole(true)}>
            …
          </button>
          <Pieces text={parts.tail} />
        </>
      )}
    </bdi>
  );
}

/** A bucket or directory; where it is long, its middle gives way. */
export function Place({ uri }: { uri: string }) {
  const parts = shortened(uri, 16, 26);
  return (
    <bdi class="key" dir="ltr" title={plain(uri)}>
      {parts === undefined ? (
        <Pieces text={uri} />
      ) : (
        <>
          <span aria-hidden="true">
            <Pieces text={`${parts.head}…${parts.tail}`} />
          </span>
          <span class="unseen">
            <Pieces text={uri} />
          </span>
        </>
      )}
    </bdi>
  );
}

/** From where to where. */
export function Flow({ source, destination }: { source: string; destination: string }) {
  return (
    <span class="flow">
      <Place uri={source} />
      <span class="to">
        <span class="arrow" aria-hidden="true">
          →
        </span>
        <span class="unseen"> to </span>
        <Place uri={destination} />
      </span>
    </span>
  );
}

/** Whatever others wrote: names, reasons, messages. */
export function Words({ text }: { text: string }) {
  return (
    <bdi class="words">
      <Pieces text={text} spaces={false} />
    </bdi>
  );
}
