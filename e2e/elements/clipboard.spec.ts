import { expect, test } from '@playwright/test';
import { boxOf, Drawing, mailPipeline } from '../driver/elements.ts';
import { Given } from '../driver/given.ts';

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
});

test('nodes are copied into another pipeline in another tab, through text and back', async ({ page, context }) => {
  const given = new Given(page);
  const source = mailPipeline('Source');
  const other = await given.pipeline({ ...source, name: 'Target', nodes: source.nodes.slice(0, 1), edges: [] });
  await given.openEditor({
    ...source,
    groups: [{ id: 'g', title: 'Outreach', nodes: ['generate', 'result'] }],
    settings: { onFailure: 'ask' },
    nodes: source.nodes.map((node) => (node.id === 'generate' ? { ...node, disabled: true, comment: 'Why' } : node)),
  });
  const drawing = new Drawing(page);

  await test.step('the clipboard holds the graph document, without the settings', async () => {
    await drawing.titleOf('Outreach').click();
    const document = JSON.parse(await drawing.copy());
    expect(document).toMatchObject({ format: 'solograph/graph', groups: [{ title: 'Outreach' }] });
    expect(document.nodes.map((node: { id: string }) => node.id)).toEqual(['generate', 'result']);
    expect(document).not.toHaveProperty('settings');
  });

  const tab = await context.newPage();
  const target = new Drawing(tab);
  await test.step('pasted in another tab at the pointer, with group, comment, wires, and what is disabled', async () => {
    await tab.goto(other);
    await expect(target.card('start')).toBeVisible();
    const at = await target.pointAt({ x: 0.3, y: 0.7 });
    await tab.mouse.move(at.x, at.y);
    await target.paste();
    await expect(target.group('Outreach')).toBeVisible();
    const box = await boxOf(target.card('generate'));
    expect([box.x, box.y]).toEqual([expect.closeTo(at.x, -1), expect.closeTo(at.y, -1)]);
    await expect(target.card('generate').getByText('Disabled')).toBeVisible();
    await expect(target.card('generate').getByRole('button', { name: 'Comment: Why' })).toBeVisible();
    await expect(tab.locator('[data-edge]')).toHaveCount(1);
  });

  await test.step('pasted once more, ids are new and references follow; cut takes away', async () => {
    await target.paste();
    await expect(target.card('result2')).toBeVisible();
    await target.select('result2');
    await expect(target.inspector.getByText('nodes.generate2.text').first()).toBeVisible();
    await target.press('ControlOrMeta+x');
    await expect(target.card('result2')).toHaveCount(0);
  });
});

test('text that a person wrote is pasted, and where it is broken it is said how', async ({ page }) => {
  await new Given(page).openEditor(mailPipeline('Text'));
  const drawing = new Drawing(page);
  const written = { nodes: [{ id: 'end', type: 'output', version: 1, title: 'By hand' }] };
  await drawing.haveInClipboard(JSON.stringify(written));
  await drawing.paste();
  await expect(drawing.card('end')).toBeVisible();

  await drawing.haveInClipboard('{"format": "solograph/graph", "nodes": [{"id": "two words", "type": "output"}]}');
  await drawing.paste();
  await expect(page.getByText(/In node "two words", id: An id starts with a letter/)).toBeVisible();
  await drawing.haveInClipboard('{\n  "format": "solograph/graph",\n  "nodes": [}\n');
  await drawing.paste();
  await expect(page.getByText(/It is not valid JSON at line 3, column 13/)).toBeVisible();
  await expect(page.locator('[data-node]')).toHaveCount(4);

  await drawing.haveInClipboard('Dear colleague');
  await drawing.paste();
  await drawing.select('end');
  await drawing.press('ControlOrMeta+d');
  await expect(drawing.card('end2')).toBeVisible();
});
