import { expect, test } from 'vitest';
import type { Lineage, LineageEdge, LineageNode } from '#server/lineage/types.ts';
import { moveOf, rowsOf } from './tree.ts';
import { partName, wordsOf } from './words.ts';

const at = (state: string) => ({ runId: '1', state, path: '' });
const value = (id: string, state: string): LineageNode => ({
  ...{ id, kind: 'value', ref: { of: 'output', at: at(state), pointer: '/text' } },
  ...{ sha256: 'a', bytes: 1, preview: 'Hello', removedAt: null },
});
const step = (id: string, state: string): LineageNode => ({
  ...{ id, kind: 'step', at: at(state), title: state.toUpperCase(), type: 'output', outcome: 'ok', attempt: 1 },
  ...{ endedAt: 1, inherited: false, as: 'whole', turn: null, removed: null },
});
const edge = (from: string, to: string, kind: LineageEdge['kind']): LineageEdge => ({ from, to, kind });

/** out ← b (let run by g) ← a; b has a prompt; g read a, too. */
const lineage: Lineage = {
  ...{ format: 'solograph/lineage', version: 1, projectId: 'p', root: 'vb', runs: [], cut: false },
  nodes: [
    ...[value('vb', 'b'), step('sb', 'b'), value('va', 'a'), step('sa', 'a'), step('sg', 'g')],
    { id: 'p', kind: 'prompt', repair: false, of: [], sha256: '0123456789', removedAt: null },
    { id: 'r', kind: 'pinned', by: null, at: null, from: null },
  ],
  edges: [
    edge('vb', 'sb', 'gave'),
    edge('sb', 'sg', 'decided'),
    edge('sb', 'va', 'reads'),
    edge('sb', 'p', 'because'),
    edge('va', 'sa', 'gave'),
    edge('sa', 'r', 'because'),
    edge('sg', 'va', 'reads'),
  ],
};
const shown = (turned: string[] = []) =>
  rowsOf(lineage, new Set(turned)).map(({ node, depth, above }) => `${'.'.repeat(depth)}${node.id}${above ? '^' : ''}`);

test('reasons come before values that were read, and those before who let it run; what led to several stands once', () => {
  expect(shown()).toEqual(['vb', '.p', '.va', '..r', '.sg', '..va^']);
});

test('a line is closed and opened', () => {
  expect(shown(['0'])).toEqual(['vb']);
  expect(shown(['0.1'])).toEqual(['vb', '.p', '.va', '.sg', '..va^']);
});

test('arrows go from line to line, open and close; Enter follows', () => {
  const rows = rowsOf(lineage, new Set());
  const closed = rowsOf(lineage, new Set(['0.1']));
  expect(moveOf(rows, '0', 'ArrowDown')).toEqual({ kind: 'to', key: '0.0' });
  expect(moveOf(rows, '0', 'ArrowUp')).toBeNull();
  expect(moveOf(rows, '0.0', 'ArrowLeft')).toEqual({ kind: 'to', key: '0' });
  expect(moveOf(rows, '0', 'ArrowLeft')).toEqual({ kind: 'turn' });
  expect(moveOf(closed, '0.1', 'ArrowRight')).toEqual({ kind: 'turn' });
  expect(moveOf(rows, '0.1', 'ArrowRight')).toEqual({ kind: 'to', key: '0.1.0' });
  expect(moveOf(rows, '0.0', 'ArrowRight')).toBeNull();
  expect(moveOf(rows, '0', 'End')).toEqual({ kind: 'to', key: '0.2.0' });
  expect(moveOf(rows, '0.1', 'Home')).toEqual({ kind: 'to', key: '0' });
  expect(moveOf(rows, '0.1', 'Enter')).toEqual({ kind: 'follow' });
  expect(moveOf(rows, '0.1', 'x')).toBeNull();
});

test('a value is called by the step that gave it and the part that is meant', () => {
  const [first] = rowsOf(lineage, new Set());
  expect(first && wordsOf(first, String)).toEqual({ title: 'B', detail: 'text', text: 'Hello' });
  expect(partName('/items/3/a~1b')).toBe('items › 4 › a/b');
});
