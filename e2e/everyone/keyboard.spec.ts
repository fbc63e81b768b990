import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { HandsOff } from '../driver/hands-off.ts';
import { Operator } from '../driver/operator.ts';

test('a pipeline is built, run and inspected by keyboard alone', async ({ page }) => {
  const operator = new Operator(page);
  const keys = new HandsOff(page);
  await new Given(page).openEditor({
    format: 'solograph/graph',
    version: 1,
    name: 'Without a mouse',
    nodes: [],
    edges: [],
  });

  await test.step('builds it: nodes from the library, a wire between two that stand apart', async () => {
    await keys.add('Start by hand');
    await operator.seeNodes(1);
    await keys.add('Output');
    await operator.seeNodes(2);
    await expect(page.locator('[data-edge]')).toHaveCount(1);
    await keys.press('Alt+ArrowLeft', 'w');
    await keys.hear('Canvas', /^Wire from .*, fired, to /);
    await keys.press('Delete');
    await expect(page.locator('[data-edge]')).toHaveCount(0);
    await keys.press('[', '[');
    await keys.press('c');
    await expect(page.getByRole('dialog', { name: /leads to/ })).toBeVisible();
    await keys.type('Output');
    await keys.press('Enter');
    await expect(page.locator('[data-edge]')).toHaveCount(1);
  });

  await test.step('runs it, and hears how it goes', async () => {
    await operator.seeSaved();
    await keys.press('Control+Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await keys.press('Control+Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await keys.hear('Run', /^Run R-\d+ is done\.$/);
  });

  await test.step('inspects it: node by node, each called by how it went, with a ring around it', async () => {
    await keys.press('Escape', ']');
    await expect(keys.focus).toHaveAccessibleName(/^Start by hand.*Done/);
    await keys.seeFocusRing();
    await keys.press('Alt+ArrowRight');
    await expect(keys.focus).toHaveAccessibleName(/^Output.*Done/);
    await keys.press('Enter');
    await expect(operator.part('data')).toBeVisible();
  });
});

test('the canvas is one stop of the Tab key, however many nodes it has', async ({ page }) => {
  const keys = new HandsOff(page);
  const chain = Array.from({ length: 12 }, (_, n) => outputOf('a', `"${n}"`)).map((node, n) => ({
    ...node,
    id: `o${n}`,
  }));
  await new Given(page).openEditor(pipelineFile('Long', [startWith('a'), ...chain], ['fired']));
  await keys.tabTo(/^Start by hand/);
  const stops = page.locator('.react-flow__node[tabindex="0"]');
  await expect(stops).toHaveCount(1);
  await keys.press('Enter');
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(1);
});
