import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { asking, Running } from '../driver/running.ts';

const letter = pipelineFile(
  'Letter',
  [
    startWith('person'),
    asking('draft', 'Draft', 'Write to {{ run.input.person }}.'),
    asking('polish', 'Polish', 'Polish: {{ nodes.draft.text }}'),
    outputOf('text', 'nodes.polish.text'),
  ],
  ['fired', 'ok', 'ok'],
);

test('one node, until a node and from a node: what is before it does not run again', async ({ page }) => {
  const running = new Running(page);
  await new Given(page).openEditor(letter);

  await test.step('until a node: what is behind it does not run', async () => {
    await running.ofNode('draft', 'Run until here');
    await expect(running.dialog.getByRole('heading', { name: 'Run until Draft' })).toBeVisible();
    await running.dialog.getByLabel('person').fill('Maria Anders');
    await running.dialog.getByRole('button', { name: /^Run\b/ }).click();
    await running.seeNode('draft', 'done');
    await running.seeShown(1, 'draft, until Draft');
    await expect(running.node('polish')).not.toHaveAttribute('data-status', 'done');
  });

  await test.step('one node alone takes what is before it from the run on the canvas, at once', async () => {
    const drafted = await running.stepOf('draft');
    await running.select('polish');
    await page.keyboard.press('Shift+Enter');
    await running.seeShown(2, 'draft, only Polish');
    await running.seeNode('polish', 'done');
    const taken = await running.stepOf('draft');
    expect(taken.output).toEqual(drafted.output);
    expect(taken.spend).toEqual([]);
    expect(taken.provenance).toMatchObject([{ kind: 'pinned' }]);
    expect((await running.stepOf('polish')).spend).toHaveLength(1);
  });

  await test.step('from a node the draft goes on where the run was', async () => {
    await running.runWithValues({ person: 'Thomas Hardy' });
    await running.seeShown(3);
    await running.seeNode('result', 'done');
    const drafted = await running.stepOf('draft');
    await running.select('polish');
    await page.getByRole('complementary', { name: 'Inspector' }).getByRole('button', { name: 'Run from here' }).click();
    await running.seeShown(4, 'draft, from Polish');
    await running.seeNode('result', 'done');
    const kept = await running.stepOf('draft');
    expect([kept.output, kept.startedAt, kept.costMicros]).toEqual([drafted.output, drafted.startedAt, 0]);
    expect(kept.spend).toEqual([]);
  });

  await test.step('where the run does not lead there, the reason is said', async () => {
    await running.chooseRun(1);
    await running.select('result');
    await page.keyboard.press('Alt+Enter');
    await expect(running.dialog.getByRole('heading', { name: 'Not run from Output' })).toBeVisible();
    await expect(running.dialog.getByRole('button', { name: 'Run until here instead' })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('the list of runs says what each did', async () => {
    const menu = await running.openRuns();
    await expect(menu.getByRole('menuitem', { name: /R-2 draft, only Polish/ })).toBeVisible();
    await page.keyboard.press('Escape');
  });
});

test('a node that never ran is run on what the operator says', async ({ page }) => {
  const running = new Running(page);
  await new Given(page).openEditor(letter);
  await running.ofNode('polish', 'Run this node');
  await expect(running.dialog.getByText('It has not run yet.').first()).toBeVisible();
  await running.writeJson('What Start by hand gives', { person: 'Ann' });
  await running.writeJson('What Draft gives', { text: 'Dear Ann,' });
  await running.dialog.getByRole('button', { name: 'Run this node' }).click();
  await running.seeNode('polish', 'done');
  expect((await running.stepOf('polish')).input).toMatchObject({ prompt: 'Polish: Dear Ann,' });
  expect((await running.stepOf('draft')).spend).toEqual([]);
});

test('before a part acts for real, it says so, and gates before it ask again', async ({ page }) => {
  const running = new Running(page);
  await new Given(page).openEditor(
    pipelineFile(
      'Sends',
      [
        startWith('to'),
        {
          id: 'approve',
          type: 'human.approval',
          version: 1,
          title: 'Approve',
          inputs: { proposal: { kind: 'value', value: { text: 'Hello' } } },
        },
        {
          id: 'send',
          type: 'email.send',
          version: 1,
          title: 'Send',
          inputs: {
            to: { kind: 'value', value: 'maria@example.com' },
            subject: { kind: 'value', value: 'Hello' },
            body: { kind: 'value', value: 'Hello Maria' },
          },
        },
      ],
      ['fired', 'approved'],
    ),
  );
  await running.ofNode('send', 'Run until here');
  await expect(running.dialog.getByText('This acts for real: Send.')).toBeVisible();
  await running.dialog.getByLabel('to').fill('x');
  await running.dialog.getByRole('button', { name: /^Run\b/ }).click();
  await running.seeNode('approve', 'waiting');
  await running.ofNode('send', 'Run this node');
  await expect(running.dialog.getByText('Approve is asked again before that.')).toBeVisible();
  await running.dialog.getByRole('button', { name: 'Run this node' }).click();
  await running.seeShown(2, 'draft, only Send');
  await running.seeNode('approve', 'waiting');
});
