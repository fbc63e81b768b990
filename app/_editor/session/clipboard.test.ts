import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { smallSession } from '../testing/small-session.ts';
import { select } from './actions.ts';
import { copyText, pasteText } from './clipboard.ts';
import type { EditorSession } from './session.ts';

const graph: Graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'x',
  nodes: [
    { id: 'start', type: 'trigger.manual', version: 1 },
    { id: 'generate', type: 'llm.generate', version: 1, position: { x: 400, y: 40 } },
    {
      id: 'send',
      type: 'email.send',
      version: 1,
      position: { x: 700, y: 0 },
      inputs: { text: { kind: 'expr', expr: 'nodes.generate.text' } },
    },
  ],
  edges: [{ id: 'e', from: 'generate', outcome: 'ok', to: 'send' }],
  notes: [{ id: 'n', text: 'Hello', position: { x: 0, y: 200 } }],
});
const now = (session: EditorSession) => session.document.store.getState().graph;
const open = () => smallSession(graph);

describe('the clipboard', () => {
  it('pastes beside the original, a step further each time', () => {
    const session = open();
    select(session, { nodes: ['generate', 'send'] });
    const text = copyText(session) ?? '';
    pasteText(session, text);
    pasteText(session, text);
    const placed = now(session).nodes.filter(({ type }) => type === 'llm.generate');
    expect(placed.map(({ position: { x, y } }) => [x, y])).toEqual([
      [400, 40],
      [424, 64],
      [448, 88],
    ]);
    expect(now(session).edges.map(({ id }) => id)).toEqual(['e', 'generate2-ok-send2', 'generate3-ok-send3']);
  });

  it('pastes where it is told to', () => {
    const session = open();
    select(session, { notes: ['n'] });
    pasteText(session, copyText(session) ?? '', { x: -50, y: -60 });
    expect(now(session).notes[1]?.position).toEqual({ x: -50, y: -60 });
  });

  it('leaves the drawing as it is where the text is no graph', () => {
    const session = open();
    expect(pasteText(session, 'Dear colleague')).toBe(false);
    expect(pasteText(session, '{"format":"solograph/graph","nodes":[{"id":"a b"}]}')).toBe(true);
    expect(now(session)).toEqual(graph);
    expect(session.document.store.getState().past).toEqual([]);
  });
});
