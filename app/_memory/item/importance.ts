import type { Option } from '#app/_ui/select.tsx';

const named: [value: number, word: string][] = [
  [0.1, 'Low importance'],
  [0.5, 'Usual importance'],
  [0.9, 'High importance'],
];

/** The choices of importance, and what the item has now where it is none of them. */
export function importanceOptions(now: number): Option<string>[] {
  const options = named.map(([value, label]) => ({ value: String(value), label }));
  return named.some(([value]) => value === now)
    ? options
    : [...options, { value: String(now), label: `Importance ${Math.round(now * 100) / 100}` }];
}
