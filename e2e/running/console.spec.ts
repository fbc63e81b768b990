import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { pipelineFile, startWith } from '../driver/graphs.ts';
import { Operator } from '../driver/operator.ts';

const letter = pipelineFile(
  'Letter',
  [
    startWith('name'),
    {
      id: 'write',
      type: 'llm.generate',
      version: 1,
      title: 'Write',
      config: { output: { kind: 'text' } },
      inputs: { prompt: { kind: 'template', template: 'A letter to {{ run.input.name }}' } },
    },
    {
      id: 'send',
      type: 'email.send',
      version: 1,
      title: 'Send',
      inputs: {
        to: { kind: 'value', value: 'ann@example.test' },
        subject: { kind: 'value', value: 'Hello' },
        body: { kind: 'expr', expr: 'nodes.write.text' },
      },
    },
  ],
  ['fired', 'ok'],
);

test('the console tells what each node logged and what the model answered, and can be narrowed to a node and to words', async ({
  page,
}) => {
  const operator = new Operator(page);
  await new Given(page).openEditor(letter);
  await operator.runWithValues({ name: 'Ann' });
  await operator.seeNode('send', 'done');
  await page.getByRole('tab', { name: 'Console' }).click();
  const console = page.getByRole('list', { name: 'Console' });
  const lines = console.getByRole('listitem');
  await expect(lines.filter({ hasText: 'Outbox for ann@example.test' })).toBeVisible();
  const answer = lines.filter({ hasText: 'answered:' });
  await expect(answer).toContainText('rehearsal, no language model');
  await expect(answer.locator('[data-answer="whole"]')).toContainText('Ann');

  await operator.select('send');
  await page.getByRole('checkbox', { name: 'Only Send' }).check();
  await expect(answer).toHaveCount(0);
  await expect(lines.filter({ hasText: 'started' })).toHaveCount(1);
  await page.getByLabel('Search the console').fill('outbox');
  await expect(lines).toHaveCount(1);
  await page.getByLabel('Search the console').fill('no such words');
  await expect(page.getByText('No line says that.')).toBeVisible();
});
