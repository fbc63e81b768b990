import { expect, test } from '@playwright/test';
import type { GraphInput } from '#nodes/core/graph.ts';
import { Given } from '../driver/given.ts';
import { outputOf, startWith } from '../driver/graphs.ts';
import { Operator } from '../driver/operator.ts';
import { Understanding } from '../driver/understanding.ts';

const asking: GraphInput = {
  format: 'solograph/graph',
  version: 1,
  name: 'Asking is off',
  nodes: [
    { ...startWith('name'), position: { x: 0, y: 0 } },
    {
      id: 'ask',
      type: 'human.approval',
      version: 1,
      title: 'Ask me first',
      disabled: true,
      config: { title: 'Greet', fields: [] },
      position: { x: 244, y: 0 },
    },
    { ...outputOf('greeting', 'nodes.?ask.?decision.orValue("nobody was asked")'), position: { x: 488, y: 0 } },
    { id: 'no', type: 'output', version: 1, title: 'Rejected', position: { x: 488, y: 152 } },
  ],
  edges: [
    { id: 'in', from: 'start', outcome: 'fired', to: 'ask' },
    { id: 'yes', from: 'ask', outcome: 'approved', to: 'result' },
    { id: 'reject', from: 'ask', outcome: 'rejected', to: 'no' },
  ],
};

test('a run passes over a disabled node, along its main outcome; what reads it as if it ran is an error', async ({
  page,
}) => {
  const operator = new Operator(page);
  const sees = new Understanding(page);
  await new Given(page).openEditor(asking);
  await test.step('what it means is said', async () => {
    await sees.seeCounts({ Notices: 1 });
    await expect(sees.problems('Notices')).toContainText('runs pass over it, to what its outcome "approved" leads to');
    await expect(sees.problems('Notices')).toContainText('Left out with it: "no".');
  });
  await test.step('the run goes on past it', async () => {
    await operator.runWithValues({ name: 'Ann' });
    await operator.seeNode('result', 'done');
    await operator.seeNode('ask', 'skipped');
    await expect(sees.node('ask')).toContainText('Skipped · disabled');
    await operator.seeNode('no', 'skipped');
    await expect(sees.edgeState('yes')).toHaveAttribute('data-state', 'taken');
    await expect(sees.edgeState('reject')).toHaveAttribute('data-state', 'not-taken');
  });
  await test.step('its own page shows it so too', async () => {
    await operator.openRun();
    await operator.seeNode('ask', 'skipped');
    await operator.seeNode('result', 'done');
    await page.goBack();
  });
  await test.step('reading it as if it ran is an error, and the fix enables it', async () => {
    await new Given(page).openEditor({
      ...asking,
      nodes: asking.nodes.map((node) =>
        node.id === 'result' ? { ...node, inputs: { greeting: { kind: 'expr', expr: 'nodes.ask.decision' } } } : node,
      ),
    });
    const reads = sees.problems('Errors');
    await expect(reads).toContainText('"ask" is disabled, so it has no output');
    await reads.getByRole('button', { name: 'Enable "ask"', exact: true }).click();
    await sees.seeCounts({});
  });
});
