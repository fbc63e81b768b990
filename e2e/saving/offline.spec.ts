import { expect, test } from '@playwright/test';
import { Given } from '../driver/given.ts';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { credentials, Operator } from '../driver/operator.ts';
import { killWebServer, Saving } from '../driver/saving.ts';

const file = (name: string) =>
  pipelineFile(name, [startWith('company'), outputOf('company', 'run.input.company')], ['fired']);

test('edits without a network are kept in the browser, said to be, and saved once it is back', async ({
  page,
  context,
}) => {
  await new Given(page).openEditor(file('Offline'));
  const saving = new Saving(page);
  await saving.select('start');
  await context.setOffline(true);
  await saving.retitle('start', 'In the tunnel');
  await saving.see('Offline · 1 edit kept in this browser');
  await saving.retitle('result', 'Still in it');
  await saving.see('Offline · 2 edits kept in this browser');
  // Fields that were not loaded before are plain ones, and are edited all the same.
  await page.locator('[data-code]').getByRole('textbox').first().fill('run.input.company + "!"');
  await saving.see('Offline · 3 edits kept in this browser');
  await saving.mark.hover();
  await expect(page.getByRole('tooltip')).toContainText(/has not answered since \d\d:\d\d/);
  await context.setOffline(false);
  await saving.see('Saved');

  await test.step('what could not be saved before the page was loaded again is taken up and saved', async () => {
    await saving.loseServer();
    await saving.retitle('start', 'Before the reload');
    await saving.see(/^Offline/);
    await page.reload();
    await saving.seeTitle('start', 'Before the reload');
    await saving.see(/^Offline/);
    await saving.findServer();
    await saving.see('Saved');
    await saving.undo();
    await saving.seeTitle('start', 'In the tunnel');
  });
});

test('a part of the page that cannot be fetched says so, and comes by itself once the network is back', async ({
  page,
  context,
}) => {
  // Nothing is fetched ahead: the page meets the outage as it was opened.
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await new Given(page).openEditor(file('Cut off'));
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await context.setOffline(true);
  await page.locator('[data-node="start"]').click();
  await expect(inspector.getByText('This part could not be loaded.')).toBeVisible({ timeout: 6_000 });
  await inspector.getByRole('button', { name: 'Try again' }).click();
  await expect(inspector.getByText('This part could not be loaded.')).toBeVisible();
  await context.setOffline(false);
  await expect(new Saving(page).titleField).toBeVisible();
  await expect(inspector.getByText('This part could not be loaded.')).toBeHidden();
});

test('a server that dies in the middle of an edit loses nothing: saving and live runs go on by themselves', async ({
  page,
}) => {
  await new Given(page).openEditor(file('Restart'));
  const saving = new Saving(page);
  await saving.select('start');
  await saving.titleField.fill('Before the crash');
  killWebServer();
  await saving.titleField.fill('After the crash');
  await saving.seeTitle('start', 'After the crash');
  await expect(saving.mark).toHaveText('Saved', { timeout: 30_000 });
  await expect
    .poll(async () => await saving.titlesAt((await saving.history())[0]?.id ?? ''))
    .toContain('After the crash');

  await test.step('a run is followed live again', async () => {
    const operator = new Operator(page);
    await operator.runWithValues({ company: 'Acme' });
    await operator.seeNode('result', 'done');
  });
});

test('an ended session is said; signing in elsewhere lets saving go on', async ({ page, context }) => {
  await new Given(page).openEditor(file('Signed out'));
  const saving = new Saving(page);
  await context.clearCookies();
  await saving.retitle('start', 'Kept over the sign-in');
  await saving.see('Signed out · 1 edit kept in this browser');
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Sign in' }).click();
  const login = await opened;
  await login.getByLabel('E-mail').fill(credentials.email);
  await login.getByLabel('Password').fill(credentials.password);
  await login.getByRole('button', { name: 'Sign in' }).click();
  await expect(login.getByRole('heading', { name: 'Today', exact: true })).toBeVisible();
  await login.close();
  await saving.see('Saved');
  await saving.seeTitle('start', 'Kept over the sign-in');
});
