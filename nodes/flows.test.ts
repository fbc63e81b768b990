import { describe, expect, test } from 'vitest';
import { seeded } from './core/testing/random-graph.ts';
import { createWorld } from './testing/capabilities.ts';
import { flowCases, flowInput, flowProgram } from './testing/flows.ts';
import { runFlow } from './testing/run-flow.ts';

const cases = flowCases().map((flow) => ({ flow, title: `${flow.file} ${JSON.stringify(flow.input)}` }));

describe('control flows come to the end that stands beside them', () => {
  test.each(cases)('$title', async ({ flow }) => {
    const program = flowProgram(flow);
    const called = Object.fromEntries((flow.pipelines ?? []).map(({ name, file }) => [name, flowProgram({ file })]));
    const orders = flow.ordered ? [() => 0] : [() => 0, ...[1, 2, 3, 4, 5].map(seeded)];
    for (const random of orders) {
      const world = createWorld();
      const input = flowInput(flow, world.state.now);
      const end = await runFlow({ program, trigger: flow.trigger, input, random, called }, world);
      expect({ status: end.status, output: end.output, failure: end.failure?.code }).toEqual({
        status: flow.expect.status,
        output: flow.expect.output,
        failure: flow.expect.failure,
      });
      const ran = [...new Set(end.steps.map(({ state }) => state))].sort();
      if (flow.expect.steps) expect(ran).toEqual(flow.expect.steps);
    }
  });
});
