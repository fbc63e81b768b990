import { expect, test } from 'vitest';
import { graphSchema } from '#nodes/core/graph.ts';
import { createDocumentStore } from '../document/store.ts';
import type { EditorSession } from '../session/session.ts';
import { createUiStore } from '../session/ui-store.ts';
import { restoreState } from './restore.ts';

const graph = (name: string, more: object = {}) =>
  graphSchema.parse({ format: 'solograph/graph', version: 1, name, nodes: [], edges: [], ...more });
const start = { id: 'start', type: 'trigger.manual', version: 1 };
const opened = (draft: ReturnType<typeof graph>) =>
  ({ document: createDocumentStore(draft), ui: createUiStore() }) as unknown as EditorSession;

test('a restore is one step of undo, keeps the name and gives everything else back', () => {
  const draft = graph('Now', {
    nodes: [start],
    groups: [{ id: 'g', title: 'Group', nodes: ['start'], notes: [] }],
    settings: { timeoutMs: 5_000 },
  });
  const session = opened(draft);
  expect(restoreState(session, { label: 'v1', graph: graph('Then', { description: 'As it was' }) })).toBe(true);
  const { store } = session.document;
  expect(store.getState().graph).toEqual(graph('Now', { description: 'As it was' }));
  expect(store.getState().past.at(-1)?.label).toBe('Restore v1');
  session.document.undo();
  expect(JSON.stringify(store.getState().graph)).toBe(JSON.stringify(draft));
});
