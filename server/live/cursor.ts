/**
 * How far one stream has told its runs: the runs it follows, each with its last event, and those that it knows and no
 * longer follows. Written as `r12:45,13:7,9,8`, so that a dropped connection goes on without a gap; never empty, for an
 * empty event id means none.
 */
export type LiveCursor = { followed: Map<string, number>; known: Set<string> };

const longestText = 2_000;
const part = /^(\d{1,18})(?::(\d{1,9}))?$/;

export function writeCursor({ followed, known }: LiveCursor): string {
  return `r${[...[...followed].map(([runId, seq]) => `${runId}:${seq}`), ...known].join(',')}`;
}

/** Reads what `writeCursor` wrote. Null: it is something else, so the stream begins anew. */
export function readLiveCursor(text: string): LiveCursor | null {
  if (text.length > longestText || !text.startsWith('r')) return null;
  const cursor: LiveCursor = { followed: new Map(), known: new Set() };
  if (text === 'r') return cursor;
  for (const piece of text.slice(1).split(',')) {
    const [, runId, seq] = part.exec(piece) ?? [];
    if (runId === undefined) return null;
    if (seq === undefined) cursor.known.add(runId);
    else cursor.followed.set(runId, Number(seq));
  }
  return cursor;
}
