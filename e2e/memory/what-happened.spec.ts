import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { meeting } from '../driver/graphs-memory.ts';

test('a run shows what it has at hand and its recall is judged; an entity its timeline; and a person is forgotten', async ({
  page,
}) => {
  const given = new Given(page);
  const projectId = await given.project('What happened');
  const run = await given.run(meeting, { name: 'Maria Anders' });

  await test.step('the run shows what it has at hand', async () => {
    await page.goto(`${run}?step=ask&path=`);
    await page.getByText('At hand', { exact: true }).click();
    await expect(page.getByRole('list', { name: 'Values at hand' })).toContainText('Dear Maria,');
  });

  await test.step('what it recalled is judged', async () => {
    await page.getByRole('tab', { name: 'Provenance' }).click();
    const mark = page.getByRole('button', { name: 'Not relevant' }).first();
    await mark.click();
    await expect(mark).toHaveAttribute('aria-pressed', 'true');
    await page.goto(`/p/${projectId}/memory`);
    await page.getByRole('tab', { name: 'Recall' }).click();
    const set = page.getByRole('list', { name: 'Recall set' });
    await expect(set).toContainText('Chai by the pallet');
    await expect(set).toContainText('came all the same');
  });

  await test.step('the entity tells what happened about it, searched by words', async () => {
    await page.goto(`/p/${projectId}/entities`);
    await page.getByRole('link', { name: /Maria Anders/ }).click();
    const timeline = page.getByRole('list', { name: 'Timeline' });
    await expect(timeline).toContainText('We met Maria Anders at the fair');
    await expect(timeline).toContainText('Created');
    await expect(page.getByRole('region', { name: 'Facts and knowledge' })).toContainText('Prefers Chai');
    await page.getByLabel('Search the timeline').fill('fair met');
    await expect(timeline.getByRole('listitem')).toHaveCount(1);
    await page.getByLabel('Search the timeline').fill('unheard');
    await expect(page.getByText('Nothing of the kind happened')).toBeVisible();
  });

  await test.step('a person is forgotten, with what merely names them; the audit line says how much, not what', async () => {
    await page.getByRole('button', { name: 'Forget', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /^Forget / });
    await expect(dialog).toContainText('2 items');
    await dialog.getByRole('checkbox', { name: /visited by Maria Anders/ }).click();
    await dialog.getByRole('button', { name: 'Forget for good' }).click();
    await expect(page.getByText('No entity yet')).toBeVisible();
    await page.goto(`/p/${projectId}/memory`);
    await expect(page.getByText('Nothing is remembered yet')).toBeVisible();
    await page.getByRole('tab', { name: 'Forgotten next' }).click();
    const gone = page.getByRole('list', { name: 'Forgotten', exact: true });
    await expect(gone).toContainText('Everything about one entity');
    await expect(gone).not.toContainText(/Maria|ALFKI|Chai/);
    await page.getByRole('tab', { name: 'What happened' }).click();
    await expect(page.getByRole('list', { name: 'Log' })).not.toContainText('Maria');
  });
});
