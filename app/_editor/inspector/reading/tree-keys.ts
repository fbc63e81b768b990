/** What a key does in a tree: moves to a row, opens or closes the one it is on, or takes it. */
export type TreeAct = { kind: 'go'; to: number } | { kind: 'open' } | { kind: 'close' } | { kind: 'pick' };

type Shown = { level: number; children: number; open: boolean };

/** The act of a key on row `at`; null: the key has none there. */
export function treeAct(key: string, rows: readonly Shown[], at: number): TreeAct | null {
  const row = rows[at];
  if (!row) return null;
  switch (key) {
    case 'ArrowDown':
      return goTo(at + 1, rows);
    case 'ArrowUp':
      return goTo(at - 1, rows);
    case 'Home':
      return goTo(0, rows);
    case 'End':
      return goTo(rows.length - 1, rows);
    case 'ArrowRight':
      return row.children > 0 && !row.open ? { kind: 'open' } : goTo(at + 1, rows);
    case 'ArrowLeft':
      return row.open
        ? { kind: 'close' }
        : goTo(
            rows.slice(0, at).findLastIndex(({ level }) => level < row.level),
            rows,
          );
    case 'Enter':
      return { kind: 'pick' };
    default:
      return null;
  }
}

function goTo(to: number, rows: readonly Shown[]): TreeAct | null {
  return rows[to] ? { kind: 'go', to } : null;
}
