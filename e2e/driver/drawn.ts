import type { GraphInput } from '#nodes/core/graph.ts';

type Node = GraphInput['nodes'][number];

const at = (column: number, row: number) => ({ x: column * 244, y: row * 152 });

/** A start by hand that asks for an e-mail address and a question. */
const start: Node = {
  id: 'start',
  type: 'trigger.manual',
  version: 1,
  config: {
    fields: [
      { name: 'email', type: 'text' },
      { name: 'query', type: 'text' },
    ],
  },
  position: at(0, 0),
};

/**
 * A row of four, start → recall → branch → remember, and below it a Wait that hangs on nothing. Short enough for all of
 * it to be seen, and with room below.
 */
export function drawnRow(name: string): GraphInput {
  return {
    format: 'solograph/graph',
    version: 1,
    name,
    nodes: [
      start,
      { id: 'recall', type: 'memory.recall', version: 1, position: at(1, 0) },
      { id: 'branch', type: 'flow.branch', version: 1, position: at(2, 0) },
      { id: 'remember', type: 'memory.remember', version: 1, position: at(3, 0) },
      { id: 'wait', type: 'flow.wait', version: 1, position: at(1, 2) },
    ],
    edges: [
      { id: 'start-fired-recall', from: 'start', outcome: 'fired', to: 'recall' },
      { id: 'recall-ok-branch', from: 'recall', outcome: 'ok', to: 'branch' },
      { id: 'branch-true-remember', from: 'branch', outcome: 'true', to: 'remember' },
    ],
  };
}
