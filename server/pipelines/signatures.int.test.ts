import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GraphInput } from '#nodes/core/graph.ts';
import { openWorld, type World } from '#server/api/testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => await world.close());

const graph = (name: string, nodes: GraphInput['nodes'], edges: GraphInput['edges']): GraphInput => ({
  format: 'solograph/graph',
  version: 1,
  name,
  nodes,
  edges,
});
const start = { id: 'start', type: 'trigger.manual', version: 1, config: { fields: [] } };
const edge = (from: string, outcome: string, to: string) => ({ id: `${from}-${to}`, from, outcome, to });

it('a call is checked against the version that it names before it is published', async () => {
  const operator = await world.operator();
  const { projectId } = await world.project(operator);
  const api = world.as(operator).pipelines;
  const publish = async (name: string, document: GraphInput) => {
    const { id: pipelineId } = await api.create({ projectId, name, graph: document });
    return await api.publish({ projectId, pipelineId, note: '', revision: 1 });
  };
  const found = async (name: string) => (await api.signatures({ projectId })).find((each) => each.name === name);
  await publish(
    'Inner',
    graph('Inner', [start, { id: 'out', type: 'output', version: 1 }], [edge('start', 'fired', 'out')]),
  );
  const inner = await found('Inner');
  expect(inner?.versions).toMatchObject([{ number: 1, signature: { depth: 0 } }]);

  const outer = (version: number) => {
    const { input, output, trust, effect } = inner!.versions[0]!.signature;
    const config = { pipeline: 'Inner', version, signature: { input, output, trust, effect } };
    return graph(
      'Outer',
      [start, { id: 'call', type: 'flow.call', version: 1, config }],
      [edge('start', 'fired', 'call')],
    );
  };
  await expect(publish('Wrong', outer(7))).rejects.toThrow('"Inner" has no version 7');
  await publish('Outer', outer(1));
  expect((await found('Outer'))?.versions[0]?.signature.depth).toBe(1);
});
