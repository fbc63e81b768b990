import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, expect, test } from '@playwright/test';
import { browserOptions } from '#server/testing/browser.ts';
import { Given } from '../driver/given.ts';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { killBrowser, Saving } from '../driver/saving.ts';
import { signedInFile } from '../driver/signed-in.ts';

const file = (name: string) =>
  pipelineFile(name, [startWith('company'), outputOf('company', 'run.input.company')], ['fired']);

/** A browser that keeps what it has in a folder, as a person's does, signed in. */
async function ownBrowser(folder: string, baseURL: string | undefined): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(folder, {
    ...(await browserOptions()),
    ...(baseURL ? { baseURL } : {}),
    viewport: { width: 1440, height: 900 },
  });
  const { cookies } = JSON.parse(fs.readFileSync(signedInFile, 'utf8')) as {
    cookies: Parameters<BrowserContext['addCookies']>[0];
  };
  await context.addCookies(cookies);
  return context;
}

test('a browser that is killed while somebody types loses at most the last second', async ({ baseURL }) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'solograph-browser-'));
  const first = await ownBrowser(folder, baseURL);
  const page = first.pages()[0] ?? (await first.newPage());
  const address = await new Given(page).openEditor(file('Killed'));
  const saving = new Saving(page);
  await saving.retitle('start', 'Begin');
  await saving.see('Saved');
  // Elsewhere and back: what follows is a step of undo of its own.
  await saving.select('result');
  await saving.select('start');
  await saving.titleField.press('End');

  const typed: { at: number; text: string }[] = [];
  const begunAt = Date.now();
  // Without a pause, so that nothing is saved on the server meanwhile.
  for (let count = 0; Date.now() - begunAt < 2_500; count += 1) {
    await page.keyboard.type(`${count % 10}`, { delay: 15 });
    typed.push({ at: Date.now(), text: `Begin${typed.map((_, index) => index % 10).join('')}${count % 10}` });
  }
  const killedAt = Date.now();
  killBrowser(folder);
  await first.close().catch(() => undefined);

  const second = await ownBrowser(folder, baseURL);
  const again = second.pages()[0] ?? (await second.newPage());
  await again.goto(address);
  const reopened = new Saving(again);
  await reopened.select('start');
  const found = await reopened.titleField.inputValue();
  const due = typed.findLast(({ at }) => at <= killedAt - 1_000)?.text ?? '';
  expect(due.length).toBeGreaterThan('Begin'.length);
  expect(typed.at(-1)?.text.startsWith(found)).toBe(true);
  expect(found.length).toBeGreaterThanOrEqual(due.length);
  await reopened.see('Saved');
  await reopened.undo();
  await expect(reopened.titleField).toHaveValue('Begin');
  await second.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

test('two hundred steps are undone and redone after the page was loaded again', async ({ page }) => {
  await new Given(page).openEditor(file('Two hundred'));
  const saving = new Saving(page);
  const name = page.getByLabel('Name', { exact: true });
  const description = page.getByLabel('Description', { exact: true });
  await name.focus();
  // Two fields in turn: every key is a step of its own.
  for (let count = 0; count < 103; count += 1) {
    await page.keyboard.type(`${count % 10}`);
    await page.keyboard.press('Tab');
    await page.keyboard.type(`${count % 10}`);
    await page.keyboard.press('Shift+Tab');
  }
  const written = await description.inputValue();
  await saving.see('Saved');
  await page.reload();
  await saving.see('Saved');
  await page.getByRole('button', { name: /^Undo: / }).focus();
  for (let count = 0; count < 200; count += 1) await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeDisabled();
  // Of 206 steps the first 6, three in each field, are no longer undone.
  await expect(description).toHaveValue('012');
  await saving.see('Saved');
  await page.reload();
  await expect(description).toHaveValue('012');
  for (let count = 0; count < 200; count += 1) await page.keyboard.press('Control+Shift+z');
  await expect(description).toHaveValue(written);
});

test('a browser that keeps nothing says so, and saving goes on', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
  });
  await new Given(page).openEditor(file('Private window'));
  const saving = new Saving(page);
  await expect(page.getByText('No copy in this browser')).toBeVisible();
  await saving.retitle('start', 'Saved all the same');
  await saving.see('Saved');
  await page.reload();
  await saving.seeTitle('start', 'Saved all the same');
});
