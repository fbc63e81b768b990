import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { Operator } from '../driver/operator.ts';

const recall = (id: string, query: string) => ({
  id,
  type: 'memory.recall',
  version: 1,
  inputs: { query: { kind: 'expr', expr: query } as const },
});

const answering = pipelineFile(
  'Answering',
  [
    startWith('question'),
    recall('recall', 'run.input.question'),
    recall('unread', '"nothing of it"'),
    {
      id: 'draft',
      type: 'llm.generate',
      version: 1,
      title: 'Draft',
      inputs: { prompt: { kind: 'template', template: 'Answer {{ run.input.question }}\n{{ nodes.recall.text }}' } },
    },
    outputOf('answer', 'nodes.draft.text + " [1]"'),
  ],
  ['fired', 'ok', 'ok', 'ok'],
);

test('a value is followed to where it comes from, on the canvas, in a tree and to the passage that it cites', async ({
  page,
}) => {
  const operator = new Operator(page);
  const given = new Given(page);
  await given.project('Where it comes from');
  await given.fact({ subject: 'Chai', relation: 'price', object: 'eighteen' });
  // What is cited is known late: by then the lineage has been asked for, from a button beside the text.
  const asked = Promise.withResolvers<void>();
  await page.route(/runs\.sources/, async (route) => {
    await asked.promise;
    await route.continue();
  });
  await page.goto(await given.run(JSON.parse(answering.content), { question: 'Chai' }));
  await operator.node('result').click();
  const step = page.getByRole('region', { name: 'Step Output' });
  const ask = step.getByRole('button', { name: 'Where does the output come from?' });
  const zoom = page.getByRole('button', { name: 'Zoom to 100 %' });
  const closer = page.getByRole('button', { name: 'Zoom in', exact: true });
  for (let times = 0; times < 4; times += 1) await closer.click();
  await expect(operator.node('start')).not.toBeInViewport();
  const zoomed = await zoom.textContent();
  await ask.click();
  const panel = page.getByRole('region', { name: 'Where this comes from' });
  const line = (name: RegExp) => panel.getByRole('treeitem', { name });
  await expect(line(/^Output/)).toBeFocused();
  asked.resolve();
  await expect(step.getByRole('link', { name: '[1]' })).toBeVisible();
  await expect(line(/^Prompt/)).toBeVisible();
  await expect(line(/^rehearsal-1/)).toBeVisible();
  for (const node of ['recall', 'draft', 'result']) await expect(operator.node(node)).toHaveAttribute('data-came', '');
  await expect(operator.node('unread')).not.toHaveAttribute('data-came');
  await expect(page.locator('[data-edge][data-came]')).toHaveCount(4);
  for (const node of ['start', 'recall', 'draft', 'result'])
    await expect(operator.node(node)).toBeInViewport({ ratio: 0.99 });

  await page.keyboard.press('ArrowDown');
  await expect(line(/^Draft/)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(line(/^Prompt/)).toBeHidden();
  const axe = await new AxeBuilder({ page }).include('[aria-label="Where this comes from"]').analyze();
  expect(axe.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  const json = await page.request.get((await panel.getByRole('link', { name: 'JSON' }).getAttribute('href')) ?? '');
  expect(await json.json()).toMatchObject({ format: 'solograph/lineage', cut: false });

  await page.keyboard.press('Escape');
  await expect(ask).toBeFocused();
  await expect(zoom).toHaveText(zoomed ?? '');
  // What is known already is there at once, and the focus goes the same way.
  await page.keyboard.press('Enter');
  await expect(line(/^Output/)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(ask).toBeFocused();
  await page.goBack();

  await page.reload();
  await expect(line(/^Output/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(operator.node('unread')).toBeVisible();
  expect(page.url()).not.toContain('lineage');

  await step.getByRole('link', { name: '[1]' }).click();
  const dialog = page.getByRole('dialog', { name: 'Memory' });
  await expect(dialog.locator('[aria-current=true]')).toContainText('Chai');
});
