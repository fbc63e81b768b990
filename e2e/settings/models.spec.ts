import { expect, test } from '@playwright/test';
import { type ModelServer, modelServer } from '#server/testing/model-server.ts';
import { Given } from '../driver/given.ts';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';

let server: ModelServer;
test.beforeAll(async () => {
  server = await modelServer();
});
test.afterAll(async () => await server.close());

test('a connection is tested, added, named by a kind of work, and not removed while it is', async ({ page }) => {
  const given = new Given(page);
  const projectId = await given.project('Ways to models');
  await page.goto(`/p/${projectId}/settings`);
  const connections = page.getByRole('list', { name: 'Connections' });
  const dialog = page.getByRole('dialog');

  await page.getByRole('button', { name: 'Add a connection' }).click();
  await dialog.getByRole('combobox', { name: 'Provider' }).click();
  await page.getByRole('option', { name: 'Ollama' }).click();
  await expect(dialog.getByLabel('Base URL')).toHaveValue('http://127.0.0.1:11434/v1');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('own');
  await dialog.getByLabel('Base URL').fill(server.url);
  await dialog.getByLabel('Key').fill('sk-wrong-key-1234');
  await dialog.getByLabel('Model', { exact: true }).fill('m-1');
  server.script({ kind: 'status', status: 401, error: { message: 'bad key' } });
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await expect(dialog.getByRole('alert')).toContainText('refused the key (401)');
  await dialog.getByLabel('Key').fill('sk-right-key-9876');
  await dialog.getByRole('button', { name: 'Test connection' }).click();
  await expect(dialog.getByRole('status')).toContainText('has 2 models');
  await dialog.getByRole('button', { name: 'Add it' }).click();
  const own = connections.getByRole('listitem').filter({ hasText: 'own' });
  await expect(own).toContainText('key …9876');
  await expect(own).toContainText('Named by nothing yet');

  const standard = page.getByRole('list', { name: 'Kinds of work' }).locator('[data-class="standard"]');
  await standard.getByRole('button', { name: 'Change standard' }).click();
  await dialog.getByLabel('Model').fill('own:m-1');
  await dialog.getByLabel('Temperature').fill('0.2');
  await dialog.getByLabel('Use the answer to exactly the same request again').click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(standard).toContainText('unpriced');
  await expect(standard).toContainText('temperature 0.2 · answers are used again for 1 d');
  await expect(own).toContainText('Named by kind of work standard');

  await own.getByRole('button', { name: 'Remove own' }).click();
  const asked = page.getByRole('alertdialog');
  await asked.getByRole('button', { name: 'Remove' }).click();
  await expect(asked.getByRole('alert')).toContainText('named by the kind of work standard');
  await asked.getByRole('button', { name: 'Keep it' }).click();
  await expect(own).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);

  // The same asked again is answered from what was kept, and the canvas says so.
  await page.setViewportSize({ width: 1440, height: 900 });
  const graph = JSON.parse(writing.content);
  const before = server.calls.length;
  await given.run(graph, { who: 'Ann' });
  await page.goto(await given.run(graph, { who: 'Ann' }));
  await expect(page.locator('[data-node="draft"]')).toContainText('cached, $0');
  expect(server.calls.length - before).toBe(1);
});

const writing = pipelineFile(
  'Asked twice',
  [
    startWith('who'),
    {
      id: 'draft',
      type: 'llm.generate',
      version: 1,
      inputs: { prompt: { kind: 'template', template: 'Write to {{ run.input.who }}.' } },
    },
    outputOf('letter', 'nodes.draft.text'),
  ],
  ['fired', 'ok'],
);
