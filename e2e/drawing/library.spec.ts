import { expect, test } from '@playwright/test';
import { drawnRow } from '../driver/drawn.ts';
import { Given } from '../driver/given.ts';
import { Operator } from '../driver/operator.ts';
import { Wires } from '../driver/wires.ts';

test('the library finds what is meant although letters are missing, and says why it found it', async ({ page }) => {
  const wires = new Wires(page);
  await new Given(page).openEditor(drawnRow('Searched library'));
  await test.step('letters of the title are marked', async () => {
    await wires.search.fill('frech');
    await expect(wires.library.getByRole('listitem').first()).toContainText('For each');
    await expect(wires.library.locator('mark')).toHaveText(['F', 'r', 'e', 'ch']);
  });
  await test.step('a word of the description is shown with what stands around it', async () => {
    await wires.search.fill('outbox');
    await expect(wires.library.getByRole('listitem')).toHaveText(/Send e-mail.*stays in the Outbox/);
  });
  await test.step('a category finds all of it', async () => {
    await wires.search.fill('triggers');
    await expect(wires.library.getByRole('listitem').first()).toContainText(/Start by hand|Webhook/);
  });
  await test.step('Enter puts the best in', async () => {
    await wires.search.fill('sndml');
    await wires.search.press('Enter');
    await expect(wires.card('send')).toBeVisible();
    await expect(wires.search).toHaveValue('');
  });
  await test.step('what is not there is said', async () => {
    await wires.search.fill('zzzz');
    await expect(wires.library.getByText('No node is called that.')).toBeVisible();
    await wires.search.press('Escape');
    await expect(wires.search).toHaveValue('');
  });
});

test('favourites stand on top, by mouse and by keyboard, and are still there after a reload', async ({ page }) => {
  const wires = new Wires(page);
  await new Given(page).openEditor(drawnRow('Favourite nodes'));
  const favourites = wires.library.getByRole('region', { name: 'Favourites' });
  await wires.entry('Generate').hover();
  await expect(page.getByRole('tooltip', { name: /Asks a language model/ })).toBeVisible();
  await wires.library.getByRole('button', { name: 'Favourite: Generate' }).click();
  await expect(favourites.getByRole('listitem')).toHaveText(['Generate']);

  await wires.search.fill('wait');
  await expect(wires.entry('Recall')).toBeHidden();
  await wires.search.press('ArrowDown');
  await expect(wires.entry('Wait')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(wires.library.getByRole('button', { name: 'Favourite: Wait' })).toHaveAttribute('aria-pressed', 'true');
  await wires.search.fill('');
  await expect(favourites.getByRole('listitem')).toHaveText(['Generate', 'Wait']);

  await page.reload();
  await expect(favourites.getByRole('listitem')).toHaveText(['Generate', 'Wait']);
  await favourites.getByRole('button', { name: 'Favourite: Generate' }).click();
  await favourites.getByRole('button', { name: 'Favourite: Wait' }).click();
  await expect(favourites).toBeHidden();
});

test('a node comes out of the library by a double click, and by a drag to where it is let go', async ({ page }) => {
  const wires = new Wires(page);
  const operator = new Operator(page);
  await new Given(page).openEditor(drawnRow('Dragged out'));
  await wires.seeNodes(5);
  await test.step('a double click continues what is selected', async () => {
    await wires.card('remember').click();
    await wires.entry('Output').dblclick();
    await expect(wires.edge('remember', 'output')).toBeAttached();
    await operator.undo();
    await wires.seeNodes(5);
  });
  await test.step('a drag leaves it where it is let go, joined to nothing', async () => {
    const place = await wires.emptyAt(560, 470);
    await wires.dragEntry('Join', place);
    await wires.letGo();
    await expect(wires.card('join')).toBeVisible();
    const box = await wires.card('join').boundingBox();
    expect(Math.abs((box?.x ?? 0) + (box?.width ?? 0) / 2 - place.x)).toBeLessThan(8);
    await wires.seeEdges(3);
  });
});
