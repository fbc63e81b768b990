import { expect, test } from '@playwright/test';
import { Fields } from '../driver/fields.ts';
import { Given } from '../driver/given.ts';
import { Operator } from '../driver/operator.ts';
import { greeting } from './graph.ts';

test('completion offers the real types, methods by what they are called on, and what is taken compiles', async ({
  page,
}) => {
  await new Given(page).openEditor(greeting);
  const fields = new Fields(page);
  await fields.open('greet');

  await test.step('members, with their types', async () => {
    await fields.write('inputs.to', 'run.in');
    await fields.accept('input');
    await fields.type('inputs.to', '.');
    await fields.seeOffered('person', 'email', 'days');
    await expect(fields.offer('email')).toContainText('e-mail address');
    await fields.accept('email');
    await fields.seeText('inputs.to', 'run.input.email');
    await fields.seeItCompiles();
  });

  await test.step('text has the methods of text, a list those of lists', async () => {
    await fields.type('inputs.to', '.');
    await fields.seeOffered('split', 'trim');
    await expect(fields.offer('filter')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await fields.write('inputs.to', 'run.input.names.split(",").');
    await fields.seeOffered('filter', 'join', 'size');
    await expect(fields.offer('trim')).toHaveCount(0);
  });

  await test.step('inside a loop its variable is known', async () => {
    await fields.accept('filter');
    await fields.seeOffered('x');
    await fields.accept('x');
    await fields.text('inputs.to').pressSequentially('x.');
    await fields.seeOffered('contains');
    await page.keyboard.press('Escape');
    await fields.text('inputs.to').pressSequentially('contains("@")');
    await page.keyboard.press('ControlOrMeta+End');
    await fields.text('inputs.to').pressSequentially('.join(", ")');
    await fields.seeText('inputs.to', 'run.input.names.split(",").filter(x, x.contains("@")).join(", ")');
    await fields.seeItCompiles();
  });
});

test('the signature of a call shows the argument that is being written, and Escape closes it before it leaves the field', async ({
  page,
}) => {
  await new Given(page).openEditor(greeting);
  const fields = new Fields(page);
  await fields.open('greet');
  await fields.write('inputs.to', 'run.input.person.replace("a"');
  await expect(fields.signature).toContainText('text.replace(text, text): text');
  await expect(fields.signature).toContainText('With every place of the first replaced by the second.');
  await fields.text('inputs.to').pressSequentially(', ');
  await expect(fields.signature.locator('b')).toHaveText('text');
  await expect(fields.signature.locator('b + span')).toHaveText('): text');
  await page.keyboard.press('Escape');
  await expect(fields.signature).toBeHidden();
  await expect(fields.text('inputs.to')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(fields.text('inputs.to')).not.toBeFocused();
});

test('Tab leaves a field; braces close themselves in a template, and completion works between them', async ({
  page,
}) => {
  await new Given(page).openEditor(greeting);
  const fields = new Fields(page);
  await fields.open('greet');
  await fields.write('inputs.subject', 'Dear (all) {{');
  await fields.seeText('inputs.subject', 'Dear (all) {{  }}');
  await fields.seeOffered('run', 'nodes');
  await fields.text('inputs.subject').pressSequentially('run.input.per');
  await fields.accept('person');
  await fields.text('inputs.subject').pressSequentially('}}!');
  await fields.seeText('inputs.subject', 'Dear (all) {{ run.input.person }}!');
  await page.keyboard.press('Tab');
  await expect(fields.text('inputs.subject')).not.toBeFocused();
});

test('an error stands at its column, says why on hover, and is mended by its button', async ({ page }) => {
  await new Given(page).openEditor(greeting);
  const fields = new Fields(page);
  await fields.open('greet');
  await fields.write('inputs.to', 'run.input.emial');
  await page.keyboard.press('Escape');
  const wrong = fields.at('inputs.to').locator('.cm-lintRange-error');
  await expect(wrong).toHaveText('run.input.emial');
  await wrong.hover();
  const told = page.locator('.cm-tooltip-lint');
  await expect(told).toContainText('There is no "emial" in run.input');
  await told.getByRole('button', { name: 'Write run.input.email' }).click();
  await fields.seeText('inputs.to', 'run.input.email');
  await expect(wrong).toHaveCount(0);
  await new Operator(page).undo();
  await fields.seeText('inputs.to', 'run.input.emial');
});

test('there is one history: undo in a field undoes the document, and what was just typed is in it', async ({
  page,
}) => {
  await new Given(page).openEditor(greeting);
  const fields = new Fields(page);
  await fields.open('greet');
  await fields.type('inputs.subject', ' and all');
  await fields.seeText('inputs.subject', 'Hello {{ run.input.person }} and all');
  await page.keyboard.press('ControlOrMeta+z');
  await fields.seeText('inputs.subject', 'Hello {{ run.input.person }}');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await fields.seeText('inputs.subject', 'Hello {{ run.input.person }} and all');

  await test.step('an edit elsewhere is undone from the field too', async () => {
    const title = page.getByRole('textbox', { name: 'Title of the node' });
    await title.fill('Write to them');
    await fields.text('inputs.to').click();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(title).toHaveValue('Send the greeting');
    await page.keyboard.press('ControlOrMeta+z');
    await fields.seeText('inputs.subject', 'Hello {{ run.input.person }}');
  });

  await test.step('what is typed is kept when the page is left at once', async () => {
    await fields.type('inputs.subject', ', again');
    await page.reload();
    await fields.open('greet');
    await fields.seeText('inputs.subject', 'Hello {{ run.input.person }}, again');
  });
});

test('another way to give an input keeps what was written in the first', async ({ page }) => {
  await new Given(page).openEditor(greeting);
  const fields = new Fields(page);
  await fields.open('greet');
  await expect(fields.at('inputs.to')).toContainText('e-mail address');
  await fields.giveAs('Subject', 'Expression');
  await fields.giveAs('Subject', 'Text with values');
  await fields.write('inputs.subject', 'Hi {{ run.input.person }}, ({{ run.input.days }})');
  await page.keyboard.press('Escape');
  await fields.giveAs('Subject', 'Value');
  await expect(page.getByRole('textbox', { name: 'Subject' })).toHaveValue('');
  await fields.giveAs('Subject', 'Text with values');
  await fields.seeText('inputs.subject', 'Hi {{ run.input.person }}, ({{ run.input.days }})');
});
