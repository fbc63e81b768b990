import { expect, test } from '@playwright/test';
import { drawnRow } from '../driver/drawn.ts';
import { Given } from '../driver/given.ts';
import { Operator } from '../driver/operator.ts';
import { middleOf, Wires } from '../driver/wires.ts';

test('a wire let go over empty canvas asks what follows, with what fits by type first and no trigger', async ({
  page,
}) => {
  const wires = new Wires(page);
  await new Given(page).openEditor(drawnRow('What follows'));
  await wires.drawWire(wires.outcome('branch', 'false'), await wires.emptyAt(640, 440));
  await expect(page.getByRole('dialog', { name: 'What follows?' })).toBeVisible();
  const offered = await wires.offered();
  expect(offered.find((text) => text.startsWith('Recall'))).toMatch(/fits/);
  expect(offered.find((text) => text.startsWith('Send e-mail'))).toMatch(/needs .*Subject/);
  expect(offered.findIndex((text) => text.startsWith('Recall'))).toBeLessThan(
    offered.findIndex((text) => text.startsWith('Send e-mail')),
  );
  expect(offered.join(' ')).not.toMatch(/Start by hand|Webhook/);
  await wires.choose('recall');
  await expect(page.locator('.react-flow__edge[data-id="branch-false-recall2"]')).toBeAttached();
  await test.step('what it requires is bound from what is in scope', async () => {
    await expect(page.locator('[data-field="inputs.query"]')).toContainText('run.input.query');
  });
});

test('a wire drawn backwards asks what comes before, and says what that gives', async ({ page }) => {
  const wires = new Wires(page);
  await new Given(page).openEditor(drawnRow('What comes before'));
  await wires.drawWire(wires.input('remember'), await wires.emptyAt(640, 440));
  await expect(page.getByRole('dialog', { name: 'What comes before?' })).toBeVisible();
  const [first, ...rest] = await wires.offered();
  expect([first, ...rest].find((text) => text?.startsWith('Generate'))).toMatch(/gives Text/);
  expect(rest.join(' ')).toContain('Wait');
  expect([first, ...rest].join(' ')).not.toContain('Output');
  await wires.choose('generate');
  await expect(wires.edge('generate', 'remember')).toBeAttached();
});

test('handles say what goes along; while a wire is drawn what it may join lights up, and what it may not says why', async ({
  page,
}) => {
  const wires = new Wires(page);
  await new Given(page).openEditor(drawnRow('Typed handles'));
  await test.step('the type, on hover and as a name', async () => {
    await wires.outcome('recall', 'ok').hover();
    await expect(page.getByRole('tooltip')).toContainText('object {hits, text, count}');
    await expect(wires.outcome('recall', 'ok')).toHaveAccessibleName(
      /^ok of Recall, gives object \{hits, text, count\}/,
    );
    await wires.input('remember').hover();
    await expect(page.getByRole('tooltip')).toContainText('Text: text');
  });
  await test.step('what fits lights up, the rest dims', async () => {
    await wires.takeWire(wires.outcome('branch', 'false'));
    await expect(page.locator('.react-flow__node[data-fits]')).toHaveCount(2);
    await expect(page.locator('.react-flow__node[data-id="wait"]')).toHaveAttribute('data-fits', '');
    await expect(wires.card('start')).toHaveCSS('opacity', '0.4');
  });
  await test.step('over what it may join it says what that sets', async () => {
    await wires.carryTo(await middleOf(wires.card('remember')));
    await expect(page.getByRole('status').filter({ hasText: 'false → Remember' })).toContainText('Text');
    await expect(page.locator('.react-flow')).toHaveAttribute('data-wire', 'fits');
  });
  await test.step('over what it may not it says why, also when it is let go there', async () => {
    await wires.carryTo(await middleOf(wires.card('start')));
    await expect(page.getByText('A wire cannot lead into a trigger: a trigger starts runs.')).toBeVisible();
    await wires.carryTo(await middleOf(wires.card('recall')));
    await expect(page.getByText(/This would go round in a circle/)).toBeVisible();
    await wires.letGo();
    await expect(page.getByText('Not connected')).toBeVisible();
    await wires.seeEdges(3);
  });
});

test('an end of a wire is led elsewhere; over nothing it stays as it was', async ({ page }) => {
  const wires = new Wires(page);
  const operator = new Operator(page);
  await new Given(page).openEditor(drawnRow('Led elsewhere'));
  const edge = page.locator('.react-flow__edge[data-id="branch-true-remember"]');
  await test.step('over nothing it stays', async () => {
    await wires.takeEnd(edge, 'target');
    await wires.carryTo(await wires.emptyAt(760, 480));
    await expect(page.getByText('elsewhere it stays as it was')).toBeVisible();
    await wires.letGo();
    await expect(wires.picker).toBeHidden();
    await expect(edge).toHaveAccessibleName('If, true, to Remember');
  });
  await test.step('into a trigger it is refused', async () => {
    await wires.takeEnd(edge, 'target');
    await wires.carryTo(await middleOf(wires.card('start')));
    await wires.letGo();
    await expect(page.getByText('Not connected')).toBeVisible();
    await expect(edge).toHaveAccessibleName('If, true, to Remember');
  });
  await test.step('its target, with one undo', async () => {
    await wires.takeEnd(edge, 'target');
    await wires.carryTo(await middleOf(wires.card('wait')));
    await wires.letGo();
    await expect(edge).toHaveAccessibleName('If, true, to Wait');
    await operator.undo();
    await expect(edge).toHaveAccessibleName('If, true, to Remember');
  });
  await test.step('its source, bound anew', async () => {
    await wires.takeEnd(edge, 'source');
    await wires.carryTo(await middleOf(wires.outcome('recall', 'error')));
    await wires.letGo();
    await expect(edge).toHaveAccessibleName('Recall, error, to Remember');
    await operator.undo();
    await expect(edge).toHaveAccessibleName('If, true, to Remember');
  });
  await test.step('it is selected by a click or by the keyboard, and deleted by Delete', async () => {
    await wires.selectEdge(edge);
    await page.keyboard.press('Delete');
    await wires.seeEdges(2);
    await wires.card('start').click();
    await page.keyboard.press('w');
    await page.keyboard.press('Delete');
    await wires.seeEdges(1);
  });
});

test('Escape gives up a wire, a marquee and the picker, and changes nothing', async ({ page }) => {
  const wires = new Wires(page);
  await new Given(page).openEditor(drawnRow('Given up'));
  await wires.card('recall').click();
  await test.step('a wire', async () => {
    await wires.takeWire(wires.outcome('branch', 'false'));
    await wires.carryTo(await middleOf(wires.card('wait')));
    await page.keyboard.press('Escape');
    await expect(page.locator('.react-flow')).not.toHaveAttribute('data-wiring');
    await wires.letGo();
    await wires.seeEdges(3);
    await expect(wires.picker).toBeHidden();
  });
  await test.step('a marquee: what was selected before is selected again', async () => {
    await wires.card('recall').click();
    await page.keyboard.down('Shift');
    await wires.drag(await wires.emptyAt(30, 500), await wires.emptyAt(700, 200));
    await expect.poll(() => wires.selected()).not.toEqual(['recall']);
    await page.keyboard.press('Escape');
    await page.keyboard.up('Shift');
    expect(await wires.selected()).toEqual(['recall']);
    await wires.carryTo(await wires.emptyAt(720, 220));
    await wires.letGo();
    expect(await wires.selected()).toEqual(['recall']);
  });
  await test.step('the picker', async () => {
    await wires.drawWire(wires.outcome('branch', 'false'), await wires.emptyAt(640, 440));
    await expect(wires.picker).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(wires.picker).toBeHidden();
    await wires.seeNodes(5);
  });
});
