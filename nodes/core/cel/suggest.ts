const shown = 12;

/** "Did you mean" and what there is, as the rest of a message. Names are sorted as given. */
export function hintFor(name: string, names: string[]): string {
  if (names.length === 0) return 'There is none here.';
  const close = closest(name, names);
  const list = names.length > shown ? `${names.slice(0, shown).join(', ')}, …` : names.join(', ');
  return close === null ? `There is: ${list}.` : `Did you mean ${close}? There is: ${list}.`;
}

/** The name that differs least, where the difference looks like a slip of the hand. */
export function closest(name: string, names: readonly string[]): string | null {
  let best: string | null = null;
  let least = (name.length <= 3 ? 1 : Math.max(2, Math.floor(name.length / 3))) + 1;
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** Edit distance in which two swapped letters count once (optimal string alignment), row by row. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const least = Math.min(substitution, (previous[j] as number) + 1, (row[j - 1] as number) + 1);
      row.push(swapped ? Math.min(least, (before[j - 2] as number) + 1) : least);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] as number;
}
