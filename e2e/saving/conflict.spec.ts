import { expect, type Page, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { Operator } from '../driver/operator.ts';
import { Saving } from '../driver/saving.ts';

/** A pipeline that is open in two windows; the first cannot save for now. */
async function twoWindows(page: Page, name: string): Promise<{ mine: Saving; theirs: Saving }> {
  const file = pipelineFile(name, [startWith('company'), outputOf('company', 'run.input.company')], ['fired']);
  const address = await new Given(page).openEditor(file);
  const other = await page.context().newPage();
  await other.goto(address);
  const [mine, theirs] = [new Saving(page), new Saving(other)];
  await expect(other.locator('[data-node="start"]')).toBeVisible();
  await mine.loseServer();
  return { mine, theirs };
}

test('two windows that changed different things: both are merged, and one undo brings mine back', async ({ page }) => {
  const { mine, theirs } = await twoWindows(page, 'Two places');
  await mine.retitle('start', 'Begin here');
  await mine.see(/^Offline/);
  await theirs.retitle('result', 'Their result');
  await new Operator(theirs.page).addNode('If');
  await theirs.see('Saved');

  await mine.findServer();
  await expect(mine.conflict).toBeVisible();
  await expect(mine.changes('You changed')).toContainText('Begin here · title');
  await expect(mine.changes('They changed')).toContainText('Their result · title');
  await expect(mine.conflict).toContainText('do not touch each other');
  await mine.choose('Merge both');
  await mine.see('Saved');
  await mine.seeTitle('start', 'Begin here');
  await mine.seeTitle('result', 'Their result');
  await new Operator(page).seeNodes(3);

  await test.step('the other window takes the merged draft over at once, nothing of its own being unsaved', async () => {
    await theirs.seeTitle('start', 'Begin here');
  });
  await test.step('the history has what they saved, and the merge', async () => {
    const [merge, before] = await mine.history();
    expect(merge).toMatchObject({ origin: 'merge', summary: 'Rename, Merge both drafts' });
    expect(await mine.titlesAt(before?.id ?? '')).toContain('Their result');
  });
  await mine.undo();
  await new Operator(page).seeNodes(2);
  await mine.see('Saved');
});

test('two windows that changed the same: the operator decides for each clash', async ({ page }) => {
  const { mine, theirs } = await twoWindows(page, 'One place');
  await mine.retitle('start', 'My start');
  await mine.retitle('result', 'My result');
  await mine.see(/^Offline · 2 edits kept in this browser/);
  await theirs.retitle('start', 'Their start');
  await theirs.retitle('result', 'Their result');
  await theirs.see('Saved');

  await mine.findServer();
  const clashes = mine.conflict.getByRole('region', { name: 'Changed on both sides' });
  await expect(clashes.getByRole('listitem')).toHaveCount(2);
  await clashes
    .getByRole('radiogroup', { name: /My start/ })
    .getByRole('radio', { name: 'Theirs' })
    .click();
  await mine.choose('Merge both');
  await mine.see('Saved');
  await mine.seeTitle('start', 'Their start');
  await mine.seeTitle('result', 'My result');
});

test('keeping mine leaves theirs in the history of the draft', async ({ page }) => {
  const { mine, theirs } = await twoWindows(page, 'Keep mine');
  await mine.retitle('start', 'My start');
  await mine.see(/^Offline/);
  await theirs.retitle('start', 'Their start');
  await theirs.see('Saved');
  await mine.findServer();
  await mine.choose('Keep mine');
  await mine.see('Saved');
  await mine.seeTitle('start', 'My start');
  const [kept, overwritten] = await mine.history();
  expect(kept?.origin).toBe('conflict');
  expect(await mine.titlesAt(overwritten?.id ?? '')).toContain('Their start');
});

test('taking theirs is undone by one undo; a copy keeps mine as a pipeline of its own', async ({ page }) => {
  const { mine, theirs } = await twoWindows(page, 'Take theirs');
  await mine.retitle('start', 'My start');
  await mine.see(/^Offline/);
  await theirs.retitle('start', 'Their start');
  await theirs.see('Saved');
  await mine.findServer();
  await mine.choose('Take theirs');
  await mine.seeTitle('start', 'Their start');
  await mine.undo();
  await mine.seeTitle('start', 'My start');
  await mine.see('Saved');

  await test.step('a copy', async () => {
    await theirs.seeTitle('start', 'My start');
    await mine.loseServer();
    await mine.retitle('start', 'My second');
    await mine.see(/^Offline/);
    await theirs.retitle('start', 'Their second');
    await theirs.see('Saved');
    await mine.findServer();
    await mine.choose('Save mine as a copy');
    await expect(page.getByRole('heading', { level: 1, name: 'Take theirs (my copy)' })).toBeVisible();
    await mine.seeTitle('start', 'My second');
    await theirs.seeTitle('start', 'Their second');
  });
});
