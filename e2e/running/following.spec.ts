import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { approving, asking, countGraphRenders, Running } from '../driver/running.ts';

const letter = pipelineFile(
  'Followed',
  [
    startWith('person'),
    asking('draft', 'Draft', 'Write to {{ run.input.person }}.'),
    asking('polish', 'Polish', 'Polish: {{ nodes.draft.text }}'),
    outputOf('text', 'nodes.polish.text'),
  ],
  ['fired', 'ok', 'ok'],
);

test('outputs go stale with what is before them, and the timeline and the canvas light each other up', async ({
  page,
}) => {
  const running = new Running(page);
  await new Given(page).openEditor(letter);
  await running.runWithValues({ person: 'Maria' });
  await running.seeNode('result', 'done');

  await test.step('pointing at a bar lights the node, and the other way round', async () => {
    await running.showTimeline();
    await running.row('draft').hover();
    await expect(running.node('draft')).toHaveClass(/is-lit/);
    await running.node('polish').hover();
    await expect(running.node('draft')).not.toHaveClass(/is-lit/);
    await expect(running.row('polish')).toHaveClass(/bg-hover/);
    await running.row('result').getByRole('button').first().focus();
    await expect(running.node('result')).toHaveClass(/is-lit/);
  });

  await test.step('selected there is selected here', async () => {
    await running.row('draft').getByRole('button').first().click();
    await expect(running.node('draft')).toHaveClass(/is-selected/);
    await running.select('polish');
    await expect(running.row('polish').getByRole('button', { pressed: true })).toBeVisible();
  });

  await test.step('a title is no change of the output', async () => {
    await running.select('draft');
    await page.getByLabel('Title of the node').fill('First draft');
    await running.seeSaved();
    await running.seeFresh('draft', 'polish', 'result');
  });

  await test.step('another input makes it and all behind it stale, until it runs again', async () => {
    await running.select('polish');
    const prompt = page.locator('[data-field="inputs.prompt"] .cm-content');
    await prompt.click();
    await page.keyboard.press('End');
    await page.keyboard.type(' Shorter.');
    await running.seeStale('polish', 'Stale: since this run its inputs changed.');
    await running.seeStale('result', /"Polish" before it changed/);
    await running.seeFresh('start', 'draft');
    await running.runAgain();
    await running.seeShown(2);
    await running.seeNode('result', 'done');
    await running.seeFresh('polish', 'result');
  });

  await test.step('a finished run is stepped through on the canvas', async () => {
    await page.getByRole('button', { name: 'Step through the run' }).click();
    const strip = page.getByRole('region', { name: 'Step through the run' });
    const slider = strip.getByRole('slider', { name: 'Checkpoint' });
    await expect(slider).toBeFocused();
    await running.seeNode('result', 'done');
    await page.keyboard.press('ArrowLeft');
    await expect(strip.getByText('After Polish')).toBeVisible();
    await expect(running.node('result')).not.toHaveAttribute('data-status', 'done');
    await page.keyboard.press('ArrowLeft');
    await expect(strip.getByText('After First draft')).toBeVisible();
    await expect(running.node('polish')).not.toHaveAttribute('data-status', 'done');
    await running.select('polish');
    await expect(running.part('data')).toContainText('It had not ended by then.');
    await running.select('draft');
    await expect(running.part('data')).toContainText('As it was');
    await expect(running.part('data')).toContainText('Output');
    await page.keyboard.press('Escape');
    await expect(strip).toHaveCount(0);
    await running.seeNode('result', 'done');
  });
});

test('several runs are live, one is chosen, and the newest is followed if wanted', async ({ page, context }) => {
  const running = new Running(page);
  const address = await new Given(page).openEditor(
    pipelineFile(
      'Live',
      [
        startWith('person'),
        {
          id: 'keep',
          type: 'entity.upsert',
          version: 1,
          config: { entityType: 'note' },
          inputs: { key: { kind: 'expr', expr: 'run.id' }, data: { kind: 'expr', expr: '{"a": 1}' } },
        },
        approving('approve', 'Approve'),
        outputOf('ok', 'true'),
      ],
      ['fired', 'ok', 'approved'],
    ),
  );
  await running.publish();
  await running.runWithValues({ person: 'Ann' });
  await running.seeNode('approve', 'waiting');
  const other = new Running(await context.newPage());

  await test.step('a production run started elsewhere lights up here', async () => {
    await other.page.goto(address);
    await other.page.getByRole('button', { name: 'Choose what to run' }).click();
    await other.page.getByRole('menuitem', { name: /^Run version/ }).click();
    await other.dialog.getByLabel('person').fill('Bob');
    await other.startWithKeys();
    await other.seeShown(2, 'v1');
    const menu = await running.openRuns();
    await expect(menu.getByText('Live, 2')).toBeVisible();
    await menu.getByRole('menuitem', { name: /R-2 v1/ }).click();
    await running.seeShown(2, 'v1');
    await running.seeNode('approve', 'waiting');
  });

  await test.step('a chosen run stays, until the newest is followed again', async () => {
    await running.chooseRun(1);
    await other.runWithValues({ person: 'Cleo' });
    await other.seeShown(3);
    await expect(page.getByRole('button', { name: /choose another run, 3 live/ })).toBeVisible();
    await running.seeShown(1);
    await (await running.openRuns()).getByRole('menuitem', { name: /^Follow the newest/ }).click();
    await running.seeShown(3);
  });

  await test.step('a run that is undone after its end is followed too', async () => {
    await running.pill.getByRole('button', { name: 'Stop the run' }).click();
    await expect(running.pill).toHaveAttribute('data-run-status', 'cancelled');
    await other.openRun();
    await other.press('Undo this run');
    await other.dialog.getByRole('button', { name: /^Undo \d/ }).click();
    await expect(running.pill).toContainText('Undone');
  });
});

test('the address names the run and the node that are looked at', async ({ page }) => {
  const running = new Running(page);
  const address = await new Given(page).openEditor(letter);
  await running.runWithValues({ person: 'Maria' });
  await running.seeNode('result', 'done');
  await running.select('polish');
  await expect(page).toHaveURL(`${address}?run=R-1&node=polish`);

  await test.step('it opens both again', async () => {
    await page.reload();
    await running.seeShown(1);
    await running.seeNode('polish', 'done');
    await expect(running.node('polish')).toHaveClass(/is-selected/);
    await expect(running.node('polish')).toBeInViewport();
  });

  await test.step('the menu of the node copies it', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await running.ofNode('draft', 'Copy link');
    await expect(page.getByText('It opens R-1 with this node.')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`${address}?run=R-1&node=draft`);
  });

  await test.step('the page of the run leads there', async () => {
    await running.openRun();
    await page.getByRole('button', { name: 'More about this run' }).click();
    await page.getByRole('menuitem', { name: 'Open in editor' }).click();
    await running.seeShown(1);
  });

  await test.step('what is not there is said', async () => {
    await page.goto(`${address}?run=R-99&node=gone`);
    await expect(page.getByText('This pipeline has no run of that number.')).toBeVisible();
    await expect(page.getByText('The draft has no node "gone" any more.')).toBeVisible();
  });
});

test('the drawing is not rendered again while a run goes through its 50 nodes', async ({ page }) => {
  const running = new Running(page);
  const nodes = Array.from({ length: 48 }, (_, n) => ({
    id: `n${n}`,
    type: 'flow.branch',
    version: 1,
    inputs: { condition: { kind: 'value' as const, value: true } },
  }));
  await new Given(page).openEditor(
    pipelineFile('Long', [startWith('x'), ...nodes, outputOf('ok', 'true')], ['fired', ...nodes.map(() => 'true')]),
  );
  await running.openRunForm();
  await running.dialog.getByLabel('x').fill('y');
  const renders = await countGraphRenders(page);
  const before = await renders();
  await running.startWithKeys();
  await expect(running.pill).toHaveAttribute('data-run-status', 'completed');
  await running.seeNode('n0', 'done');
  expect((await renders()) - before).toBe(0);
});
