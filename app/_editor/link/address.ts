/** What the address of an editor names: a run by its number, R-12, and a node. */
export type EditorAddress = { run: number | null; node: string | null };

/** Reads the part of the address behind the question mark. What is no run is told as `unread`. */
export function readAddress(search: string): EditorAddress & { unread: string | null } {
  const query = new URLSearchParams(search);
  const named = query.get('run');
  const [, ref] = /^(?:R-)?(\d{1,9})$/i.exec(named ?? '') ?? [];
  return {
    run: ref === undefined ? null : Number(ref),
    node: query.get('node') || null,
    unread: named !== null && named !== '' && ref === undefined ? named : null,
  };
}

/** The same part with a run and a node; what else stands in it stays. */
export function writeAddress(search: string, { run, node }: EditorAddress): string {
  const query = new URLSearchParams(search);
  query.delete('run');
  query.delete('node');
  if (run !== null) query.set('run', `R-${run}`);
  if (node !== null) query.set('node', node);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
