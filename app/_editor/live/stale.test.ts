import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noStatus } from '#app/_canvas/run-state.ts';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import type { RunRow } from '#server/runs/types.ts';
import { createDocumentStore } from '../document/store.ts';
import { createUiStore } from '../session/ui-store.ts';
import { createLiveRuns } from './live-runs.ts';
import { createStale, staleDelayMs } from './stale.ts';

const graph: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'x',
  nodes: [
    { id: 'start', type: 'trigger.manual', version: 1 },
    { id: 'draft', type: 'llm.generate', version: 1, title: 'Draft' },
    { id: 'done', type: 'output', version: 1 },
  ],
  edges: [
    { id: 'a', from: 'start', outcome: 'fired', to: 'draft' },
    { id: 'b', from: 'draft', outcome: 'ok', to: 'done' },
  ],
});
const row: RunRow = {
  id: '1',
  ref: 1,
  pipelineId: 'p',
  pipelineName: 'x',
  version: null,
  mode: 'test',
  trigger: 'start',
  part: null,
  status: 'completed',
  waitingFor: [],
  spendMicros: 0,
  createdAt: 0,
  startedAt: 0,
  endedAt: 1,
  failure: null,
  pausedAt: null,
  undo: null,
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('marks what the draft would not give any more, until the run is hidden or the change is taken back', async () => {
  const document = createDocumentStore(graph);
  const ui = createUiStore();
  const nodes = { draft: { ...noStatus, done: 1 } };
  const live = createLiveRuns({ pipelineId: 'p', fetchRun: async () => null, onFrame: (publish) => publish() });
  const stale = createStale({ document, live, ui, fetchGraph: async () => graph });
  const settled = async () => await vi.advanceTimersByTimeAsync(2 * staleDelayMs);
  live.receive({ kind: 'snapshot', runs: [{ ...row, seq: 9, nodes, open: [] }] });
  live.choose('1');
  await settled();
  expect(stale.marks.get('draft')).toBeUndefined();

  const inputs = { prompt: { kind: 'template', template: 'Shorter.' } } as const;
  const changed = graph.nodes.map((node) => (node.id === 'draft' ? { ...node, inputs } : node));
  document.dispatch({ kind: 'replace', graph: { ...graph, nodes: changed }, label: 'Edit' });
  await settled();
  expect(stale.marks.get('draft')).toBe('Stale: since this run its inputs changed.');
  // It gave nothing in this run.
  expect(stale.marks.get('done')).toBeUndefined();

  document.undo();
  await settled();
  expect(stale.marks.get('draft')).toBeUndefined();
  document.redo();
  await settled();
  live.choose(null);
  await settled();
  expect(stale.marks.get('draft')).toBeUndefined();
  stale.stop();
  live.stop();
});
