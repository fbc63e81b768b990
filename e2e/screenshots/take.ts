/** Takes the pictures under docs/screenshots from the real product: a new home, the shipped template, its sample data. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Browser, chromium, expect, type Page } from '@playwright/test';
import { startStack } from '#server/boot/stack.ts';
import { browserOptions } from '#server/testing/browser.ts';
import { Operator } from '../driver/operator.ts';
import { known, paidFor } from './business.ts';
import { changed, drawn, failing, mistaken } from './more.ts';

const folder = path.resolve(import.meta.dirname, '../../docs/screenshots');
const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

type Scheme = 'light' | 'dark';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'solograph-screenshots-'));
fs.chmodSync(home, 0o711);
fs.mkdirSync(folder, { recursive: true });
const stack = await startStack({ home, web: true, worker: true, port: 0, label: 'the screenshots' });
const browser = await chromium.launch(await browserOptions());
try {
  const baseURL = stack.url ?? '';
  const { page, project } = await story(browser, baseURL);
  await shoot(page, 'editor.png');
  const storageState = await page.context().storageState();
  const places = { today: '/today', inbox: '/inbox', run: '/runs/1' };
  for (const [name, place] of Object.entries(places)) await visit(name, `${project}${place}`);
  await visit('editor', page.url(), lookAround);
  const salesEditor = page.url();
  const failed = await failing(page, project);
  await visit('failure', failed);
  await visit('travel', `${project}/runs/1?at=40`);
  await visit('lineage', `${project}/runs/1?step=draft`, (shown) =>
    shown.getByRole('button', { name: 'Where does the output come from?' }).click(),
  );
  await visit('undo', `${project}/runs/1`, (shown) => shown.getByRole('button', { name: 'Undo this run' }).click());
  const editor = salesEditor.split('?')[0] ?? salesEditor;
  await visit('flow', await drawn(page, project));
  await page.goto(editor);
  const overlays = { trust: ['u'], spend: ['s', 't'], risk: ['r'] };
  for (const [name, keys] of Object.entries(overlays))
    await visit(`overlay-${name}`, editor, async (shown) => {
      for (const key of keys) await shown.keyboard.press(key);
    });
  await visit('problems', await mistaken(page));
  const shop = await paidFor(page, stack.databaseUrl);
  await visit('spend', `${shop.project}/spend`);
  await visit('budget-hold', shop.held);
  const memory = `${await known(page)}/memory`;
  await visit('memory', memory);
  await visit('memory-search', memory, (shown) =>
    shown.getByLabel('Search memory').fill('What if goods arrive broken?'),
  );
  await visit('forgetting', memory, (shown) => shown.getByRole('tab', { name: 'Forgotten next' }).click());
  await visit('diff', `${await changed(page, editor)}/history?from=v1&to=draft`);

  async function visit(name: string, url: string, act?: (shown: Page) => Promise<void>): Promise<void> {
    for (const scheme of ['light', 'dark'] satisfies Scheme[]) {
      for (const [size, viewport] of [
        ['', wide],
        ['-phone', phone],
      ] as const) {
        const context = await browser.newContext({
          baseURL,
          storageState,
          viewport,
          colorScheme: scheme,
          locale: 'en-GB',
        });
        const shown = await context.newPage();
        await shown.goto(url);
        await settle(shown);
        if (act) await act(shown).then(() => settle(shown));
        await shoot(shown, `${name}${size}-${scheme}.png`);
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await stack.stop();
  fs.rmSync(home, { recursive: true, force: true });
}

/** Up to a run that waits for its approvals, of which two are given. */
async function story(browser: Browser, baseURL: string): Promise<{ page: Page; project: string }> {
  const context = await browser.newContext({ baseURL, viewport: wide, colorScheme: 'light', locale: 'en-GB' });
  const page = await context.newPage();
  const operator = new Operator(page);
  await operator.setUp('Northwind Foods');
  await operator.installTemplate('Sales follow-up');
  await operator.runOnSample();
  await operator.seeNode('approve', 'waiting');
  const project = page.url().replace(/\/pipelines\/.*/, '');
  const inbox = await context.newPage();
  await inbox.goto(`${project}/inbox`);
  for (let approved = 0; approved < 2; approved += 1) {
    const heading = inbox.getByRole('heading', { name: /^Send follow-up mail:/ });
    const before = await heading.textContent();
    await inbox.keyboard.press('a');
    await inbox.waitForFunction((text) => document.querySelector('h2')?.textContent !== text, before);
  }
  await inbox.close();
  await operator.select('draft');
  await lookAround(page);
  await settle(page);
  return { page, project };
}

/** The whole drawing, what it costs, the timeline of its run, and why the selected node did what it did. */
async function lookAround(page: Page): Promise<void> {
  if ((page.viewportSize()?.width ?? 0) < wide.width) return;
  await page.getByRole('button', { name: 'Provenance' }).click();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await page.locator('.react-flow__pane').press('1');
  await page.keyboard.press('s');
}

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.waitForTimeout(1_500);
  await expect(page.locator('.skeleton')).toHaveCount(0);
  await page.waitForTimeout(1_000);
}

async function shoot(page: Page, file: string): Promise<void> {
  await page.screenshot({ path: path.join(folder, file) });
  process.stderr.write(`${file}\n`);
}
