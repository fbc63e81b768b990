import { expect, test } from '@playwright/test';
import { Fields } from '../driver/fields.ts';
import { Given } from '../driver/given.ts';
import { Operator } from '../driver/operator.ts';
import { greeting } from './graph.ts';

test('what a field may read is a tree beside it: chosen by click or by keyboard, what may be absent is read as such', async ({
  page,
}) => {
  await new Given(page).openEditor(greeting);
  const fields = new Fields(page);
  await fields.open('result');
  const panel = await fields.askWhatMayBeRead('sent');

  await test.step('nodes with their titles and outcomes, what may be absent is marked', async () => {
    await expect(fields.readable('nodes.?note')).toContainText('Note it, ok');
    await expect(fields.readable('nodes.?note')).toContainText('may be absent');
    await expect(fields.readable('run.input')).toContainText('What the run is given');
    await expect(fields.readable('run.input.days')).toContainText('whole number');
  });

  await test.step('a click puts it where the cursor is', async () => {
    await fields.text('inputs.sent').click();
    await page.keyboard.press('ControlOrMeta+a');
    await fields.readable('nodes.?note.key').click();
    await fields.seeText('inputs.sent', 'nodes.?note.key.orValue("")');
    await fields.seeItCompiles();
  });

  await test.step('it follows to the field that is edited next', async () => {
    await fields.text('inputs.noted').click();
    await expect(page.getByRole('region', { name: 'What noted may read' })).toBeVisible();
  });

  await test.step('it is searched and chosen by keyboard', async () => {
    await page.keyboard.press('ControlOrMeta+a');
    await page.getByRole('searchbox', { name: 'Find what may be read' }).fill('given days');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await fields.seeText('inputs.noted', 'run.input.days');
    await expect(fields.text('inputs.noted')).toBeFocused();
  });

  await test.step('an input without a value is bound by it', async () => {
    await fields.open('save');
    await fields.giveAs('Key', 'Value');
    await fields.askWhatMayBeRead('Key');
    await fields.readable('item').click();
    await fields.seeText('inputs.key', 'item');
    await fields.seeItCompiles();
    await fields.text('inputs.key').click();
    await page.keyboard.press('ControlOrMeta+i');
    await expect(page.getByRole('region', { name: 'What Key may read' })).toBeHidden();
  });
  await expect(panel).toBeHidden();
});

test('a field shows what it gives: on sample data before a run, on the run after it, of the item that is chosen', async ({
  page,
}) => {
  await new Given(page).openEditor(greeting);
  const operator = new Operator(page);
  const fields = new Fields(page);
  await fields.open('greet');

  await test.step('on sample data, as it is typed', async () => {
    await fields.seePreview('inputs.to', 'maria@example.test', 'on sample data');
    await fields.seePreview('inputs.body', /Dear Maria Anders,\s+it has been 30 days/, 'on sample data');
    await fields.write('inputs.subject', 'Hello {{ run.input.person.upper() }}');
    await fields.seePreview('inputs.subject', 'Hello MARIA ANDERS', 'on sample data');
  });

  await operator.runWithValues({ person: 'Ann Miller', email: 'ann@example.test', names: 'Chai,Chang,Aniseed' });
  await operator.seeNode('result', 'done');

  await test.step('on the values of the run', async () => {
    await fields.open('greet');
    await fields.seePreview('inputs.to', 'ann@example.test', 'on R-1');
    await fields.seePreview('inputs.subject', 'Hello ANN MILLER', 'on R-1');
  });

  await test.step('what fails is said in plain words, with its place', async () => {
    await fields.write('inputs.subject', '{{ run.input.person }} {{ int(run.input.person) }}');
    await expect(fields.preview('inputs.subject')).toContainText(/Column \d+: /);
    await expect(fields.preview('inputs.subject').locator('output')).not.toContainText('The expression');
  });

  await test.step('inside a For each, of the item that is chosen', async () => {
    await fields.open('save');
    await fields.seePreview('inputs.key', 'Chai', '1 of 3');
    await fields.at('inputs.key').getByRole('button', { name: 'The next item' }).click();
    await fields.seePreview('inputs.key', 'Chang', '2 of 3');
    await fields.seePreview('inputs.data', '{name: "Chang", place: 1}', 'on R-1');
  });

  await test.step('an expression of a configuration, on the inputs of its node', async () => {
    await fields.open('check');
    await page.getByText('Too soon').first().click();
    await fields.seePreview('config.rules[0].when', 'false', 'on R-1');
  });

  await test.step('the values of the run stand in the tree', async () => {
    await fields.open('result');
    await fields.askWhatMayBeRead('noted');
    await expect(fields.readable('run.input.person')).toContainText('Ann Miller');
  });
});

test('spans of time are typed with their unit', async ({ page }) => {
  await new Given(page).openEditor({
    ...greeting,
    name: 'Waiting',
    nodes: [
      ...greeting.nodes.filter(({ id }) => id === 'start'),
      {
        id: 'wait',
        type: 'flow.wait',
        version: 1,
        config: { mode: 'event', timeoutMs: 5_400_000 },
        inputs: { key: { kind: 'value', value: 'a' } },
      },
    ],
    edges: [{ id: 'e1', from: 'start', outcome: 'fired', to: 'wait' }],
  });
  const fields = new Fields(page);
  await fields.open('wait');
  const atMost = fields.at('config.timeoutMs');
  await expect(atMost.getByRole('textbox')).toHaveValue('90');
  await expect(atMost.getByRole('combobox')).toHaveText('min');
  await atMost.getByRole('textbox').fill('2');
  await atMost.getByRole('combobox').click();
  await page.getByRole('option', { name: 'hours' }).click();
  await new Operator(page).seeSaved();
  await page.reload();
  await fields.open('wait');
  await expect(atMost.getByRole('textbox')).toHaveValue('2');
  await expect(atMost.getByRole('combobox')).toHaveText('hours');
});
