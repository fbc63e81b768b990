import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { asking, Running } from '../driver/running.ts';

test('an output is pinned without a run, edited as JSON, listed, and taken away; production ignores it', async ({
  page,
}) => {
  const running = new Running(page);
  await new Given(page).openEditor(
    pipelineFile(
      'Pinned',
      [startWith('person'), asking('draft', 'Draft', 'Write.'), outputOf('text', 'nodes.draft.text')],
      ['fired', 'ok'],
    ),
  );
  const mark = running.node('draft').getByLabel('Pinned for test runs');

  await test.step('pinned by hand, checked against the type', async () => {
    await running.ofNode('draft', 'Pin an output …');
    await expect(running.dialog.getByText('Production ignores pins.')).toBeVisible();
    await running.writeJson('Output', { text: 7 });
    await expect(running.dialog.getByText(/text: expected text/)).toBeVisible();
    await expect(running.dialog.getByRole('button', { name: 'Pin', exact: true })).toBeDisabled();
    await running.writeJson('Output', { text: 'Dear Ann,' });
    await running.dialog.getByRole('button', { name: 'Pin', exact: true }).click();
    await expect(mark).toBeVisible();
  });

  await test.step('a test run takes it', async () => {
    await running.runWithValues({ person: 'Ann' });
    await running.seeNode('result', 'done');
    expect((await running.stepOf('draft')).spend).toEqual([]);
    expect((await running.stepOf('result')).output).toEqual({ text: 'Dear Ann,' });
  });

  await test.step('it is listed with the pipeline and edited from there', async () => {
    await page.keyboard.press('Escape');
    const list = page.getByRole('list', { name: 'Pinned outputs' });
    await list.getByRole('button', { name: /^Draft/ }).click();
    await running.writeJson('Output', { text: 'Dear Bob,' });
    await running.dialog.getByRole('button', { name: 'Keep the changes' }).click();
    await running.runAgain();
    await running.seeShown(2);
    await running.seeNode('result', 'done');
    expect((await running.stepOf('result')).output).toEqual({ text: 'Dear Bob,' });
  });

  await test.step('production ignores it', async () => {
    await running.publish();
    await page.getByRole('button', { name: 'Choose what to run' }).click();
    await page.getByRole('menuitem', { name: /^Run version/ }).click();
    await running.dialog.getByLabel('person').fill('Ann');
    await running.startWithKeys();
    await running.seeShown(3, 'v1');
    await running.seeNode('result', 'done');
    expect((await running.stepOf('draft')).spend).toHaveLength(1);
  });

  await test.step('P takes it away, and pins what the run on the canvas gave', async () => {
    await running.select('draft');
    await page.keyboard.press('p');
    await expect(mark).toHaveCount(0);
    await page.keyboard.press('p');
    await expect(mark).toBeVisible();
    await expect(page.getByRole('note', { name: 'Pin' })).toContainText('Pinned: ok.');
  });
});
