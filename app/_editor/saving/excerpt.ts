const before = 24;
const longest = 160;

/** Two values as short texts that begin a little before they differ. */
export function excerpts(mine: unknown, theirs: unknown): { mine: string; theirs: string } {
  const [left, right] = [textOf(mine), textOf(theirs)];
  let same = 0;
  while (same < left.length && left[same] === right[same]) same += 1;
  const from = Math.max(0, same - before);
  const cut = (text: string) => `${from > 0 ? '…' : ''}${text.slice(from, from + longest) || 'Nothing'}`;
  return { mine: cut(left), theirs: cut(right) };
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  const binding = value as { kind?: string; expr?: string; template?: string; prompt?: string; value?: unknown };
  if (binding.kind === 'expr') return binding.expr ?? '';
  if (binding.kind === 'template') return binding.template ?? '';
  if (binding.kind === 'prompt') return `${binding.prompt ?? ''} ${JSON.stringify(value)}`;
  if (binding.kind === 'value') return textOf(binding.value);
  return JSON.stringify(value);
}
