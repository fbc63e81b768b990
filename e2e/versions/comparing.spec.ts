import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { Operator } from '../driver/operator.ts';
import { greetingGraph, Versions } from '../driver/versions.ts';

test('two states stand in one drawing: added, changed and removed, down to the field; one is restored and that undone', async ({
  page,
}) => {
  const operator = new Operator(page);
  const versions = new Versions(page);
  await new Given(page).openEditor(greetingGraph('Compared'));
  await versions.publish('As it was');
  await versions.retitle('ask', 'Do we know them?');
  await operator.addNode('Remember');
  await operator.seeNodes(4);
  await operator.select('greet');
  await page.keyboard.press('Delete');
  await operator.seeNodes(3);
  await operator.select('start');
  await page.keyboard.press('ArrowDown');
  await expect(versions.mark).toContainText('Draft differs');

  await test.step('the mark leads to what differs, each with its word', async () => {
    await versions.openHistory();
    await expect(page).toHaveURL(/\/history\?from=v1&to=draft$/);
    await expect(versions.card(/^Do we know them\?, .*, changed$/)).toBeVisible();
    await expect(versions.card(/^Remember, .*, added$/)).toBeVisible();
    await expect(versions.card(/^Greeting, .*, removed$/)).toBeVisible();
    await expect(versions.history.locator('[data-edge][data-mark="removed"]')).toHaveCount(1);
    await expect(versions.change('Moved 1 node')).toBeVisible();
  });

  await test.step('a change shows its fields, old and new; j and k go through them', async () => {
    await versions.change(/^Do we know them\? Changed/).click();
    const field = versions.history.locator('[data-field="title"]');
    await expect(field.locator('del')).toHaveText('Known?');
    await expect(field.locator('ins')).toHaveText('Do we know them?');
    await page.keyboard.press('j');
    await expect(versions.change(/^Do we know them\? Changed/)).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('k');
    await expect(versions.change(/^Do we know them\? Changed/)).toHaveAttribute('aria-expanded', 'true');
  });

  await test.step('the address is enough to come back to it', async () => {
    await page.reload();
    await expect(versions.card(/^Remember, .*, added$/)).toBeVisible();
  });

  await test.step('v1 is restored without losing what was; one Undo brings it back', async () => {
    await versions.choose('v1', 'Restore to the draft');
    await expect(versions.history).toBeHidden();
    await expect(operator.node('greet')).toBeVisible();
    await operator.seeNodes(3);
    await expect(versions.mark).toHaveText('v1published');
    await operator.seeSaved();
    await versions.undo('Restore v1');
    await expect(operator.node('remember')).toBeVisible();
    await expect(operator.node('greet')).toBeHidden();
    await expect(versions.mark).toContainText('Draft differs');
    await operator.redo();
    await expect(versions.mark).toHaveText('v1published');
    await operator.seeSaved();
  });

  await test.step('what it was before is in the history', async () => {
    await versions.openHistory();
    await expect(versions.entry('Restored')).toContainText('Restore v1');
    await expect(versions.entry('Edited')).toContainText('Delete');
    await versions.choose('Edited', 'Open, to look at');
    await expect(versions.history.getByRole('list', { name: 'Nodes' })).toContainText('Remember');
  });
});

test('on a phone what changed is read as a list', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const versions = new Versions(page);
  const given = new Given(page);
  const address = await given.openEditor(greetingGraph('On a phone'));
  await page.goto(`${address}/history`);
  await versions.entry('Imported').getByRole('link').click();
  await expect(versions.history.getByRole('list', { name: 'Nodes' })).toContainText('Greeting');
  await versions.history.getByRole('link', { name: 'All of the history' }).click();
  await expect(versions.entry('Imported')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
