import { expect, test } from '@playwright/test';
import { Fields } from '../driver/fields.ts';
import { Given } from '../driver/given.ts';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';

const writing = pipelineFile(
  'Two letters',
  [
    startWith('who'),
    {
      id: 'draft',
      type: 'llm.generate',
      version: 1,
      title: 'Draft',
      inputs: { prompt: { kind: 'template', template: 'Write a warm letter to {{ run.input.who }}.' } },
    },
    { id: 'again', type: 'llm.generate', version: 1, title: 'Again' },
    outputOf('letter', 'nodes.again.text'),
  ],
  ['fired', 'ok', 'ok'],
);

test('a text becomes a prompt with typed variables, which another node is given too; what it says changes for both', async ({
  page,
}) => {
  await new Given(page).openEditor(writing);
  const fields = new Fields(page);
  const chooser = page.getByRole('combobox', { name: 'Which prompt for Prompt' });
  const choose = async (name: string) => {
    await fields.giveAs('Prompt', 'Prompt of the pipeline');
    await chooser.click();
    await page.getByRole('option', { name }).click();
  };
  const text = page.locator('[data-prompt] .cm-content');

  await test.step('what the text reads becomes its variables; nothing is lost until one is chosen', async () => {
    await fields.open('draft');
    await fields.giveAs('Prompt', 'Prompt of the pipeline');
    await fields.giveAs('Prompt', 'Text with values');
    await fields.seeText('inputs.prompt', 'Write a warm letter to {{ run.input.who }}.');
    await choose('New prompt from this text');
    await expect(chooser).toHaveText('Draft prompt');
    await fields.seeText('inputs.prompt.values.who', 'run.input.who');
    await expect(text).toHaveText('Write a warm letter to {{ who }}.');
    await expect(page.getByRole('combobox', { name: 'What who may be' })).toHaveText('Text');
  });

  await test.step('another node is given it; what stands for the variable is asked', async () => {
    await fields.open('again');
    await choose('Draft prompt');
    await expect(fields.at('inputs.prompt')).toContainText('needs a value for "who"');
    await fields.write('inputs.prompt.values.who', 'nodes.draft.text');
    await fields.seeItCompiles();
  });

  await test.step('a variable that is renamed is renamed for both', async () => {
    await page.getByRole('button', { name: 'Text of the prompt, also of Draft' }).click();
    const name = page.getByRole('textbox', { name: 'Name of the variable' });
    await name.fill('2 names');
    await expect(page.getByText('"2 names" cannot be a name')).toBeVisible();
    await name.fill('reader');
    await name.press('Tab');
    await expect(text).toHaveText('Write a warm letter to {{ reader }}.');
    await fields.seeText('inputs.prompt.values.reader', 'nodes.draft.text');
    await fields.seeItCompiles();
  });

  await test.step('the pipeline lists it; a slip in its text is said there, and by the problems', async () => {
    await page.keyboard.press('Escape');
    await page.locator('.react-flow__pane').click({ position: { x: 300, y: 500 } });
    const prompts = page.getByRole('region', { name: 'Prompts' });
    await prompts.getByRole('button', { name: 'Draft prompt', exact: true }).click();
    await text.click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type(' Be {{ tone }}.');
    await expect(prompts.getByText('There is no variable tone here')).toBeVisible();
    await prompts.getByRole('button', { name: 'Draft prompt', exact: true }).click();
    await expect(text).toHaveCount(0);
    await page.getByRole('button', { name: /There is no variable tone here/ }).click();
    await text.click();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(prompts.getByText('There is no variable tone here')).toBeHidden();
    await prompts.getByRole('button', { name: '2 nodes' }).click();
    await expect(page.locator('.sg-card.is-selected')).toHaveCount(2);
  });
});
