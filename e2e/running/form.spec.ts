import { expect, test } from '@playwright/test';
import type { GraphInput } from '#nodes/core/graph.ts';
import { Given } from '../driver/given.ts';
import { outputOf } from '../driver/graphs.ts';
import { Running } from '../driver/running.ts';

const graph: GraphInput = {
  format: 'solograph/graph',
  version: 1,
  name: 'Asks for everything',
  nodes: [
    {
      id: 'start',
      type: 'trigger.manual',
      version: 1,
      config: {
        fields: [
          { name: 'person', title: 'Person', type: 'text' },
          { name: 'mail', title: 'E-mail', type: 'email' },
          { name: 'days', title: 'Days', type: 'integer', default: 30 },
          { name: 'level', title: 'Level', type: 'choice', options: ['low', 'high'], default: 'low' },
          { name: 'urgent', title: 'Urgent', type: 'boolean', default: false },
          { name: 'leads', title: 'Leads', type: 'file' },
        ],
      },
    },
    {
      id: 'hook',
      type: 'trigger.webhook',
      version: 1,
      title: 'By webhook',
      config: { schema: { type: 'object', properties: { order: { type: 'integer' } }, required: ['order'] } },
      position: { x: 0, y: 200 },
    },
    { ...outputOf('trigger', 'run.id'), position: { x: 300, y: 0 } },
  ],
  edges: [
    { id: 'e1', from: 'start', outcome: 'fired', to: 'result' },
    { id: 'e2', from: 'hook', outcome: 'fired', to: 'result' },
  ],
};

test('the form checks its fields, takes files, and remembers what was given', async ({ page }) => {
  const running = new Running(page);
  await new Given(page).openEditor(graph);

  await test.step('what is wrong is said at the field', async () => {
    await running.openRunForm();
    await running.dialog.getByLabel('E-mail').fill('maria');
    await running.dialog.getByRole('button', { name: /^Run\b/ }).click();
    await expect(running.dialog.getByText('Person is needed.')).toBeVisible();
    await expect(running.dialog.getByText('E-mail is an e-mail address, such as maria@example.com.')).toBeVisible();
    await expect(running.dialog.getByText('Choose a file for Leads.')).toBeVisible();
  });

  await test.step('a file is dropped, removed, and chosen instead', async () => {
    await running.dropFile('Leads', 'dropped.csv', 'name\nAnn');
    await running.dialog.getByRole('button', { name: 'Remove dropped.csv' }).click();
    await running.dialog
      .getByLabel('Leads')
      .setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from('name\nMaria') });
    await expect(running.dialog.getByText('leads.csv')).toBeVisible();
  });

  await test.step('Ctrl+Enter starts', async () => {
    await running.dialog.getByLabel('Person').fill('Maria Anders');
    await running.dialog.getByLabel('E-mail').fill('maria@example.com');
    await running.startWithKeys();
    await running.seeNode('result', 'done');
    await running.seeShown(1, 'draft');
  });

  await test.step('the next form begins with it, the file included', async () => {
    await running.openRunForm();
    await expect(running.dialog.getByLabel('Person')).toHaveValue('Maria Anders');
    await expect(running.dialog.getByText('leads.csv')).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('and the last input starts again at once', async () => {
    await running.runAgain();
    await running.seeShown(2);
    await running.seeNode('result', 'done');
  });

  await test.step('another trigger asks for its own: the body of a webhook, as JSON', async () => {
    await running.openRunForm();
    await running.dialog.getByLabel('Start at').click();
    await page.getByRole('option', { name: 'By webhook' }).click();
    const body = running.dialog.getByRole('textbox', { name: 'Body of the request' });
    await expect(body).toContainText('"order": 0');
    await running.writeJson('Body of the request', { order: 'seven' });
    await running.dialog.getByRole('button', { name: /^Run\b/ }).click();
    await expect(running.dialog.getByText(/order: expected/)).toBeVisible();
    await running.writeJson('Body of the request', { order: 7 });
    await running.startWithKeys();
    await running.seeShown(3);
    await running.seeNode('hook', 'done');
  });
});
