import type { JSX } from 'preact';
import type { Look, Shape } from '../text/states';

const SHAPES: Record<Shape, JSX.Element> = {
  check: (
    <>
      <circle class="fill" cx="8" cy="8" r="7" />
      <path class="cut" d="M4.7 8.3 7 10.6l4.3-4.9" />
    </>
  ),
  dash: (
    <>
      <circle cx="8" cy="8" r="6.1" />
      <path d="M5 8h6" />
    </>
  ),
  dots: <circle cx="8" cy="8" r="6.1" stroke-dasharray="2.2 2.6" />,
  spin: (
    <g class="turning">
      <circle cx="8" cy="8" r="6.1" opacity=".3" />
      <path d="M8 1.9A6.1 6.1 0 0 1 14.1 8" />
    </g>
  ),
  stop: (
    <>
      <circle cx="8" cy="8" r="6.1" />
      <rect class="fill" x="5.4" y="5.4" width="5.2" height="5.2" />
    </>
  ),
  diamond: (
    <>
      <path class="fill" d="M8 .8 15.2 8 8 15.2.8 8Z" />
      <path class="cut" d="M5.2 6.6h5.6M5.2 9.4h5.6" />
    </>
  ),
  half: (
    <>
      <circle cx="8" cy="8" r="6.1" />
      <path class="fill" d="M8 1.9a6.1 6.1 0 0 1 0 12.2Z" />
    </>
  ),
  octagon: (
    <>
      <path class="fill" d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1Z" />
      <path class="cut" d="M4.6 8h6.8" />
    </>
  ),
  cross: (
    <>
      <rect class="fill" x="1" y="1" width="14" height="14" rx="3" />
      <path class="cut" d="m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6" />
    </>
  ),
  slash: (
    <>
      <circle cx="8" cy="8" r="6.1" />
      <path d="m4 12 8-8" />
    </>
  ),
  lock: (
    <>
      <rect class="fill" x="2.6" y="7" width="10.8" height="7.6" rx="1.6" />
      <path d="M5 7V5a3 3 0 0 1 6 0v2" />
    </>
  ),
  bolt: <path class="fill" d="M9.4.8 2.6 9.2h4.2l-.6 6 6.9-8.6H8.7Z" />,
  pause: (
    <>
      <rect class="fill" x="3" y="2.4" width="3.6" height="11.2" rx="1" />
      <rect class="fill" x="9.4" y="2.4" width="3.6" height="11.2" rx="1" />
    </>
  ),
  hand: (
    <>
      <path d="M8 1.2 15 14H1Z" />
      <path d="M8 6v3.6M8 11.6v.6" />
    </>
  ),
};

export function Sign({ shape }: { shape: Shape }) {
  return (
    <svg class="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {SHAPES[shape]}
    </svg>
  );
}

/** A state: its shape, its word, its colour. */
export function Badge({ look }: { look: Look }) {
  return (
    <span class={`badge ${look.tone}`}>
      <Sign shape={look.shape} />
      {look.word}
    </span>
  );
}
