import { expect, test } from '@playwright/test';
import type { GraphInput } from '#nodes/core/graph.ts';
import { Given } from '../driver/given.ts';
import { startWith } from '../driver/graphs.ts';
import { Operator } from '../driver/operator.ts';
import { Understanding } from '../driver/understanding.ts';

const expr = (text: string) => ({ kind: 'expr', expr: text }) as const;
const place = (column: number, row = 0) => ({ x: column * 244, y: row * 152 });

/** A mistyped member, an action that nothing guards, and a body that leads out of its For each. */
const letters: GraphInput = {
  format: 'solograph/graph',
  version: 1,
  name: 'Letters',
  nodes: [
    { ...startWith('email'), position: place(0) },
    {
      id: 'send',
      type: 'email.send',
      version: 1,
      title: 'Send the letter',
      position: place(1),
      inputs: {
        to: expr('run.input.emial'),
        subject: { kind: 'value', value: 'Hello' },
        body: { kind: 'value', value: 'Dear all' },
      },
    },
    {
      id: 'each',
      type: 'flow.map',
      version: 1,
      title: 'Each',
      position: place(1, 1),
      inputs: { items: expr('[1, 2]') },
    },
    { id: 'inside', type: 'output', version: 1, title: 'Inside', position: place(2, 1) },
    { id: 'after', type: 'output', version: 1, title: 'After', position: place(3, 1) },
  ],
  edges: [
    { id: 'to-send', from: 'start', outcome: 'fired', to: 'send' },
    { id: 'to-each', from: 'start', outcome: 'fired', to: 'each' },
    { id: 'to-inside', from: 'each', outcome: 'each', to: 'inside' },
    { id: 'to-after', from: 'each', outcome: 'done', to: 'after' },
    { id: 'out', from: 'inside', outcome: 'done', to: 'after' },
  ],
};

test('problems are listed by how bad they are; a click or F8 selects and frames the place', async ({ page }) => {
  const sees = new Understanding(page);
  await new Given(page).openEditor(letters);
  await sees.seeCounts({ Errors: 2, Warnings: 3 });
  await test.step('a click selects the node, brings it into view and its field', async () => {
    await sees.problems('Errors').filter({ hasText: 'emial' }).getByRole('button').first().click();
    await sees.seeSelected('send');
    await expect(page.locator('[data-field="inputs.to"]')).toBeInViewport();
  });
  await test.step('an edge is selected, and both its ends are in view', async () => {
    await sees.problems('Errors').filter({ hasText: 'Continue from the outcome' }).getByRole('button').first().click();
    await expect(sees.edge('out')).toHaveClass(/is-selected/);
    await expect(sees.node('inside')).toBeInViewport();
    await expect(sees.node('after')).toBeInViewport();
  });
  await test.step('F8 goes to the next, Shift+F8 to the one before', async () => {
    const first = await sees.currentProblem.textContent();
    await sees.key('F8');
    await expect(sees.currentProblem).not.toHaveText(first ?? '');
    await sees.key('Shift+F8');
    await expect(sees.currentProblem).toHaveText(first ?? '');
  });
});

test('marks on cards and edges explain themselves to the mouse and to the keyboard', async ({ page }) => {
  const sees = new Understanding(page);
  await new Given(page).openEditor(letters);
  const onCard = sees.mark(/problems of Send the letter$/);
  await test.step('hover', async () => {
    await onCard.hover();
    await expect(sees.explanation).toContainText('Unknown variable or member');
    await expect(sees.explanation).toContainText('There is no "emial"');
    await expect(sees.explanation).toContainText('Use a name that is in scope here');
    await sees.lookAway();
  });
  await test.step('keyboard, and Enter goes to the list', async () => {
    await onCard.focus();
    await expect(sees.explanation).toContainText('There is no "emial"');
    await page.keyboard.press('Enter');
    await expect(sees.currentProblem).toContainText('emial');
    await sees.seeSelected('send');
  });
  await test.step('on an edge', async () => {
    await sees.seeExplained(sees.mark(/^Error of .*Inside/), 'Continue from the outcome');
  });
  await test.step('in the list', async () => {
    await sees.lookAway();
    await sees.problems('Warnings').first().getByRole('button').first().focus();
    await expect(sees.explanation).toBeVisible();
  });
});

test('a fix mends a problem as one edit, and one undo takes it back', async ({ page }) => {
  const operator = new Operator(page);
  const sees = new Understanding(page);
  await new Given(page).openEditor(letters);
  await test.step('a mistyped name', async () => {
    const typo = sees.problems('Errors').filter({ hasText: 'emial' });
    await expect(typo.getByRole('button', { name: 'Write run.input.email' })).toBeVisible();
    await sees.mend(typo);
    await sees.seeCounts({ Errors: 1, Warnings: 3 });
  });
  await test.step('an approval before what nothing guards: a node, its wires and bindings at once', async () => {
    await sees.mend(sees.problems('Warnings').filter({ hasText: 'Nothing guards' }));
    await operator.seeNodes(6);
    await expect(sees.node('approval')).toContainText('Send the letter');
    await expect(sees.edge('approval-approved-send')).toHaveCount(1);
    await sees.seeCounts({ Errors: 1, Warnings: 2 });
    await operator.undo();
    await operator.seeNodes(5);
    await sees.seeCounts({ Errors: 1, Warnings: 3 });
  });
  await test.step('an edge that leads out of a body', async () => {
    await sees.mend(sees.problems('Errors').filter({ hasText: 'Continue from' }));
    await expect(sees.edge('out')).toHaveCount(0);
    await operator.undo();
    await expect(sees.edge('out')).toHaveCount(1);
  });
});
