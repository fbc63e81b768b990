import { expect, test } from '@playwright/test';
import { drawnRow } from '../driver/drawn.ts';
import { Given } from '../driver/given.ts';
import { Operator } from '../driver/operator.ts';
import { boxOf, middleOf, Wires } from '../driver/wires.ts';

test('Tab inserts: behind the selected node, on the selected wire, in the middle of the canvas; else it travels on', async ({
  page,
}) => {
  const wires = new Wires(page);
  await new Given(page).openEditor(drawnRow('Inserted by Tab'));
  await test.step('behind the selected node, by its first outcome that leads nowhere', async () => {
    await wires.card('branch').click();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('dialog', { name: 'What follows?' })).toBeVisible();
    await wires.choose('output');
    await expect(page.locator('.react-flow__edge[data-id="branch-false-output"]')).toBeAttached();
    expect(await wires.selected()).toEqual(['output']);
  });
  await test.step('on the selected wire', async () => {
    await wires.selectEdge(wires.edge('recall', 'branch'));
    await page.keyboard.press('Tab');
    await expect(page.getByRole('dialog', { name: 'What comes in between?' })).toBeVisible();
    await wires.choose('check policy');
    await expect(wires.edge('recall', 'check')).toBeAttached();
    await expect(wires.edge('check', 'branch')).toBeAttached();
  });
  await test.step('in the middle, where the canvas was clicked and nothing is selected', async () => {
    const empty = await wires.emptyAt(700, 500);
    await page.mouse.click(empty.x, empty.y);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('dialog', { name: 'Add a node' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(wires.picker).toBeHidden();
  });
  await test.step('with Shift, and on what is not selected, Tab goes through the page as ever', async () => {
    await page.keyboard.press('Shift+Tab');
    await expect(wires.picker).toBeHidden();
    await page.locator('.react-flow__node[data-id="start"]').focus();
    await page.keyboard.press('Tab');
    await expect(wires.picker).toBeHidden();
    await expect(page.locator('.react-flow__node[data-id="start"]')).not.toBeFocused();
  });
});

test('a double click on empty canvas asks which node goes there; a click on a handle what follows or comes before', async ({
  page,
}) => {
  const wires = new Wires(page);
  await new Given(page).openEditor(drawnRow('Asked on the canvas'));
  const place = await wires.emptyAt(700, 480);
  await page.mouse.dblclick(place.x, place.y);
  await wires.choose('web request');
  const box = await boxOf(wires.card('request'));
  expect(Math.abs(box.x + box.width / 2 - place.x)).toBeLessThan(8);

  await wires.card('branch').hover();
  await wires.outcome('branch', 'false').click();
  await expect(page.getByRole('dialog', { name: 'What follows?' })).toBeVisible();
  await wires.choose('join');
  await expect(wires.edge('branch', 'join')).toBeAttached();

  await wires.input('wait').click();
  await expect(page.getByRole('dialog', { name: 'What comes before?' })).toBeVisible();
  await page.keyboard.press('Escape');
});

test('a node is put on a wire: by the plus, by the menu, from the library, and one that stood apart', async ({
  page,
}) => {
  const wires = new Wires(page);
  const operator = new Operator(page);
  await new Given(page).openEditor(drawnRow('Put on a wire'));
  await wires.seeEdges(3);
  const before = await boxOf(wires.card('branch'));
  await test.step('from the library: the wire lights up, what lies right makes way, one undo takes it back', async () => {
    await wires.dragEntry('Check policy', await wires.middleOfEdge(wires.edge('recall', 'branch')));
    await expect(wires.edge('recall', 'branch')).toHaveAttribute('data-landing', '');
    await wires.letGo();
    await expect(wires.edge('recall', 'check')).toBeAttached();
    await expect(wires.edge('check', 'branch')).toBeAttached();
    await wires.seeEdges(4);
    await expect.poll(async () => (await boxOf(wires.card('branch'))).x).toBeGreaterThan(before.x + 100);
    await operator.undo();
    await wires.seeEdges(3);
    await expect.poll(async () => (await boxOf(wires.card('branch'))).x).toBe(before.x);
  });
  await test.step('one that stood apart', async () => {
    const edge = await wires.middleOfEdge(wires.edge('start', 'recall'));
    await wires.drag(await middleOf(wires.card('wait')), edge);
    await expect(wires.edge('start', 'recall')).toHaveAttribute('data-landing', '');
    await wires.letGo();
    await expect(wires.edge('start', 'wait')).toBeAttached();
    await expect(wires.edge('wait', 'recall')).toBeAttached();
    await operator.undo();
    await wires.seeEdges(3);
  });
  await test.step('by the plus of a wire that the pointer is on', async () => {
    const middle = await wires.middleOfEdge(wires.edge('recall', 'branch'));
    await page.mouse.move(middle.x + 12, middle.y);
    await page.getByRole('button', { name: 'Insert a node here' }).click();
    await wires.choose('web request');
    await expect(wires.edge('request', 'branch')).toBeAttached();
    await operator.undo();
    await wires.seeEdges(3);
  });
  await test.step('by its menu', async () => {
    const middle = await wires.middleOfEdge(wires.edge('recall', 'branch'));
    await page.mouse.click(middle.x + 14, middle.y, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Insert a node here' }).click();
    await expect(page.getByRole('dialog', { name: 'What comes in between?' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(wires.picker).toBeHidden();
  });
});
