import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { Operator } from '../driver/operator.ts';
import { greetingGraph, Versions } from '../driver/versions.ts';

test('a version is published with a note; the bar says at any time how the draft stands to it', async ({ page }) => {
  const operator = new Operator(page);
  const versions = new Versions(page);
  await new Given(page).openEditor(greetingGraph('Published with a note'));
  await expect(versions.mark).toHaveText('Not published');

  await test.step('errors stop it and lead to where they are', async () => {
    await operator.addNode('Send e-mail');
    await versions.openPublish();
    await expect(versions.dialog.getByText(/errors?: a version must be free of errors/)).toBeVisible();
    await expect(versions.dialog.getByRole('button', { name: 'Publish v1' })).toBeDisabled();
    await versions.dialog.getByRole('button', { name: 'Show' }).first().click();
    await expect(page.getByRole('textbox', { name: 'Title of the node' })).toHaveAttribute(
      'placeholder',
      'Send e-mail',
    );
    await operator.undo();
    await operator.seeNodes(3);
  });

  await versions.publish('The first letter that customers get');
  await expect(page.getByText('Version 1 is published')).toBeVisible();
  await expect(versions.mark).toHaveText('v1published');

  await test.step('moving, wording and changing what runs are told apart', async () => {
    await operator.select('ask');
    await page.keyboard.press('ArrowDown');
    await expect(versions.mark).toContainText('Moved only');
    await versions.retitle('ask', 'Do we know them?');
    await expect(versions.mark).toContainText('Texts differ · 1 change');
    await operator.addNode('Remember');
    await expect(versions.mark).toContainText('Draft differs · 3 changes');
    await operator.undo();
    await operator.undo();
    await operator.undo();
    await expect(versions.mark).toHaveText('v1published');
  });

  await test.step('what is the same is not published again; what differs is listed', async () => {
    await versions.openPublish();
    await expect(versions.dialog.getByText('there is nothing to publish')).toBeVisible();
    await expect(versions.dialog.getByRole('button', { name: 'Publish v2' })).toBeDisabled();
    await page.keyboard.press('Escape');
    await versions.retitle('ask', 'Do we know them?');
    await versions.openPublish();
    const changes = versions.dialog.getByRole('region', { name: 'What changes against v1' });
    await expect(changes.getByRole('listitem').filter({ hasText: 'Do we know them?' })).toContainText('1 field');
    await versions.dialog.getByRole('button', { name: 'Publish v2' }).click();
    await expect(versions.mark).toHaveText('v2published');
  });

  await test.step('the history says who, when and why', async () => {
    await versions.openHistory();
    await expect(versions.entry('v1')).toContainText('The first letter that customers get');
    await expect(versions.entry('v1')).toContainText('ann@example.test');
    await expect(versions.entry('v1')).toContainText('3 nodes');
    await expect(versions.entry('v2')).toContainText('published');
    await expect(versions.entry('Imported')).toContainText('ann@example.test');
    await expect(versions.entry('Edited').getByRole('time')).toBeVisible();
  });
});

test('a run leads to the version that it went by, a test run to the draft as it was', async ({ page }) => {
  const operator = new Operator(page);
  const versions = new Versions(page);
  await new Given(page).openEditor(greetingGraph('Runs know their version'));
  await operator.runWithValues({ Who: 'Ann' });
  await operator.seeNode('greet', 'done');
  await operator.openRun();
  await page
    .getByRole('link', { name: /^draft of/ })
    .first()
    .click();
  await expect(versions.history.getByText('the draft that ran in R-1, to look at')).toBeVisible();
  await versions.backToEditor();

  await versions.publish('');
  await page.getByRole('button', { name: 'Choose what to run' }).click();
  await page.getByRole('menuitem', { name: 'Run version 1' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Who').fill('Bob');
  await dialog.getByRole('button', { name: /^Run\b/ }).click();
  await expect(dialog).toBeHidden();
  await versions.retitle('greet', 'Something else by now');
  await operator.seeSaved();
  const [, projectId] = /\/p\/([^/]+)/.exec(page.url()) ?? [];
  await page.goto(`/p/${projectId}/runs`);
  await page.getByRole('row', { name: /R-2/ }).getByRole('link', { name: 'v1' }).click();
  await expect(versions.history.getByText('v1, to look at')).toBeVisible();
  await expect(versions.history.getByRole('list', { name: 'Nodes' })).toContainText('Greeting');
  await expect(versions.history.getByRole('list', { name: 'Nodes' })).not.toContainText('Something else by now');
});
