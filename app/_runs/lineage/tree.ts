import type { Lineage, LineageEdge, LineageNode } from '#server/lineage/types.ts';

/** One line of a lineage, as a tree. */
export type Row = {
  /** Where it stands in the tree. */
  key: string;
  depth: number;
  node: LineageNode;
  /** The step that gave the value, which the line tells of as well. */
  step: (LineageNode & { kind: 'step' }) | null;
  /** How it led to what stands above it. */
  edge: LineageEdge | null;
  /** There is more below it. */
  opens: boolean;
  open: boolean;
  /** What is below it stands under an earlier line. */
  above: boolean;
};

/** Lines to this depth are open from the start. */
const openDepth = 3;

const order: Record<LineageEdge['kind'], number> = { because: 0, gave: 1, took: 2, reads: 3, did: 4, decided: 5 };

/**
 * The lines of a lineage: what led to a thing stands below it, reasons first. What led to several things stands under the
 * first of them. `turned`: lines that the operator opened or closed. Pure.
 */
export function rowsOf(lineage: Lineage, turned: ReadonlySet<string>): Row[] {
  const byId = new Map(lineage.nodes.map((node) => [node.id, node]));
  const sources = Map.groupBy(lineage.edges, ({ from }) => from);
  const told = new Set<string>();
  const rows: Row[] = [];
  const add = (id: string, at: { key: string; depth: number; edge: LineageEdge | null }) => {
    const node = byId.get(id);
    if (!node) return;
    const gave = (sources.get(id) ?? []).filter(({ kind }) => kind === 'gave');
    const [only] = gave;
    const giver = node.kind === 'value' && gave.length === 1 && only ? byId.get(only.to) : undefined;
    const step = giver?.kind === 'step' ? giver : null;
    const own = (sources.get(id) ?? []).filter((edge) => edge !== only || !step);
    const below = [...own, ...(step ? (sources.get(step.id) ?? []) : [])].toSorted(
      (a, b) => order[a.kind] - order[b.kind],
    );
    const tells = step?.id ?? id;
    const above = below.length > 0 && told.has(tells);
    told.add(tells);
    const opens = below.length > 0 && !above;
    const open = opens && turned.has(at.key) !== at.depth < openDepth;
    rows.push({ ...at, node, step, opens, open, above });
    if (open)
      below.forEach((edge, index) => {
        add(edge.to, { key: `${at.key}.${index}`, depth: at.depth + 1, edge });
      });
  };
  add(lineage.root, { key: '0', depth: 0, edge: null });
  return rows;
}

/** What a key does in the tree: goes to another line, opens or closes this one, or follows it to what it is about. */
export type Move = { kind: 'to'; key: string } | { kind: 'turn' } | { kind: 'follow' };

/** What a key does at a line; null: nothing. Pure. */
export function moveOf(rows: readonly Row[], current: string, key: string): Move | null {
  const index = rows.findIndex((row) => row.key === current);
  const row = rows[index];
  if (!row) return null;
  const to = (there: Row | undefined): Move | null => (there ? { kind: 'to', key: there.key } : null);
  switch (key) {
    case 'ArrowDown':
      return to(rows[index + 1]);
    case 'ArrowUp':
      return to(rows[index - 1]);
    case 'Home':
      return to(rows[0]);
    case 'End':
      return to(rows.at(-1));
    case 'ArrowRight':
      if (row.opens && !row.open) return { kind: 'turn' };
      return row.open ? to(rows[index + 1]) : null;
    case 'ArrowLeft':
      if (row.open) return { kind: 'turn' };
      return to(rows.findLast((one, at) => at < index && one.depth < row.depth));
    case 'Enter':
      return { kind: 'follow' };
    default:
      return null;
  }
}
