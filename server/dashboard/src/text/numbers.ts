const WHOLE = new Intl.NumberFormat('en-GB');
const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB'];

/** With separators of thousands. */
export const count = (value: number) => WHOLE.format(value);

/** "1 object", "2,000 objects". */
export const objects = (value: number) => `${count(value)} ${value === 1 ? 'object' : 'objects'}`;

/** Bytes in powers of 1,000, as stores bill them: "0 B", "999 B", "1.5 kB", "23 MB". */
export function bytes(value: number): string {
  let size = value;
  let unit = -1;
  // 999.5 would be shown as 1000.
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1_000;
    unit++;
  }
  if (unit < 0) return `${Math.round(size)} B`;
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`;
}
