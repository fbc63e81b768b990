const million = 1_000_000;
const written = /^\$?\s*(\d{1,6}(?:,\d{3})*|\d*)(?:\.(\d{0,6}))?$/;

/** Micro-dollars of what was typed, such as "12.50", "$1,200" or "0.0004"; null where it is no amount. */
export function parseDollars(text: string): number | null {
  const found = written.exec(text.trim());
  const [, units = '', fraction = ''] = found ?? [];
  if (!found || (units === '' && fraction === '')) return null;
  return Number(units.replaceAll(',', '') || '0') * million + Number(fraction.padEnd(6, '0'));
}

/** An amount as it is typed: at least cents, no more digits than there are. */
export function typedDollars(micros: number): string {
  return (micros / million).toFixed(6).replace(/0{1,4}$/, '');
}
