import type { GraphInput } from '#nodes/core/graph.ts';
import { outputOf, pipelineFile, startWith } from './graphs.ts';

type Node = GraphInput['nodes'][number];
const expr = (text: string) => ({ kind: 'expr' as const, expr: text });
const literal = (value: string) => ({ kind: 'value' as const, value });

/** Meets a customer: keeps their record, remembers the meeting and what they like, keeps a draft at hand, recalls. */
export const meeting: GraphInput = JSON.parse(
  pipelineFile(
    'Meeting',
    [
      startWith('name'),
      {
        ...{ id: 'keep', type: 'entity.upsert', version: 1, config: { entityType: 'customer' } },
        inputs: { key: literal('ALFKI'), data: expr('{"name": run.input.name, "city": "Berlin"}') },
      },
      {
        ...{ id: 'met', type: 'memory.remember', version: 1, config: { kind: 'meeting' } },
        inputs: { text: expr('"We met " + run.input.name + " at the fair"'), entityId: expr('nodes.keep.id') },
      },
      {
        ...{ id: 'likes', type: 'memory.remember', version: 1, config: { kind: 'note', tier: 'knowledge' } },
        inputs: { text: literal('Prefers Chai by the pallet'), entityId: expr('nodes.keep.id') },
      },
      {
        ...{ id: 'other', type: 'memory.remember', version: 1, config: { kind: 'note', tier: 'knowledge' } },
        inputs: { text: expr('"The stand beside ours was visited by " + run.input.name + " too"') },
      },
      {
        ...{ id: 'hold', type: 'memory.hold', version: 1, config: { name: 'draft' } },
        inputs: { value: literal('Dear Maria,') },
      },
      {
        ...{ id: 'ask', type: 'memory.recall', version: 1, config: { limit: 1 } },
        inputs: { query: literal('Chai by the pallet') },
      },
      outputOf('text', 'nodes.ask.text'),
    ] satisfies Node[],
    ['fired', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'],
  ).content,
);
