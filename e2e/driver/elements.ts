import { expect, type Locator, type Page } from '@playwright/test';
import type { GraphInput } from '#nodes/core/graph.ts';
import { seeInspected } from './operator.ts';

type Point = { x: number; y: number };

/** What the operator does with the elements of a drawing: cards, notes and groups on the canvas. */
export class Drawing {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  card(id: string): Locator {
    return this.page.locator(`[data-node="${id}"]`);
  }

  note(text: string): Locator {
    return this.page.locator('[data-note]').filter({ hasText: text });
  }

  /** The frame of a group. */
  group(title: string): Locator {
    return this.page
      .locator('[data-group]')
      .filter({ has: this.page.getByRole('heading', { name: title, exact: true }) });
  }

  /** What a frame is taken by. */
  titleOf(title: string): Locator {
    return this.group(title).getByRole('heading');
  }

  get inspector(): Locator {
    return this.page.getByRole('complementary', { name: 'Inspector' });
  }

  get menu(): Locator {
    return this.page.getByRole('menu').first();
  }

  async select(...ids: string[]): Promise<void> {
    for (const [index, id] of ids.entries())
      await this.card(id)
        .locator('header')
        .click(index === 0 ? {} : { modifiers: ['Shift'] });
    const [only] = ids;
    if (only !== undefined && ids.length === 1) await seeInspected(this.page, only);
  }

  /** A click on the canvas where nothing stands. */
  async selectNothing(): Promise<void> {
    await this.page.keyboard.press('Escape');
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Writes into what is edited in place, and keeps it. */
  async writeInPlace(label: string, text: string, end: string): Promise<void> {
    const field = this.page.getByRole('main', { name: 'Canvas' }).getByLabel(label);
    await expect(field).toBeFocused();
    await field.fill(text);
    await field.press(end);
    await expect(field).toHaveCount(0);
  }

  async chooseFromMenu(on: Locator, entry: string | RegExp): Promise<void> {
    await on.click({ button: 'right' });
    await this.page.getByRole('menuitem', { name: entry }).click();
    await expect(this.page.getByRole('menu')).toHaveCount(0);
  }

  /** Chooses by name in the palette. */
  async doByName(words: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    const palette = this.page.getByRole('dialog', { name: 'All actions' });
    await palette.getByRole('combobox').fill(words);
    await palette.getByRole('combobox').press('Enter');
    await expect(palette).toHaveCount(0);
  }

  /** Drags something by so many pixels of the screen. */
  async drag(what: Locator, by: Point): Promise<void> {
    const box = await boxOf(what);
    const from = { x: box.x + Math.min(20, box.width / 2), y: box.y + Math.min(10, box.height / 2) };
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + by.x / 2, from.y + by.y / 2, { steps: 3 });
    await this.page.mouse.move(from.x + by.x, from.y + by.y, { steps: 3 });
    await this.page.mouse.up();
  }

  /** A place of the canvas that is seen and free, as a share of its width and height. */
  async pointAt(share: Point): Promise<Point> {
    const box = await boxOf(this.page.getByRole('main', { name: 'Canvas' }));
    return { x: box.x + box.width * share.x, y: box.y + box.height * share.y };
  }

  /** Copies the selection into the system's clipboard, by its key, and answers what is in it. */
  async copy(): Promise<string> {
    await this.page.keyboard.press('ControlOrMeta+c');
    return await this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Puts text into the clipboard, as copying it out of a text editor does. */
  async haveInClipboard(text: string): Promise<void> {
    await this.page.evaluate((held) => navigator.clipboard.writeText(held), text);
  }

  async paste(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+v');
  }

  async undo(times = 1): Promise<void> {
    for (let count = 0; count < times; count++) await this.page.keyboard.press('ControlOrMeta+z');
  }

  async seeSelected(...ids: string[]): Promise<void> {
    for (const id of ids) await expect(this.card(id)).toHaveClass(/is-selected/);
  }

  async seeSaved(): Promise<void> {
    await expect(this.page.getByText('Saved', { exact: true })).toBeVisible();
  }
}

/** Where something stands on the screen. */
export async function boxOf(what: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await what.boundingBox();
  if (!box) throw new Error(`${what} is not on the screen.`);
  return box;
}

/** A pipeline of a start, a text that is written, a rule, and a mail, with room between them. */
export function mailPipeline(name: string): GraphInput {
  return {
    format: 'solograph/graph',
    version: 1,
    name,
    nodes: [
      {
        id: 'start',
        type: 'trigger.manual',
        version: 1,
        config: { fields: [{ name: 'who', type: 'text' }] },
        position: { x: 0, y: 0 },
      },
      {
        id: 'generate',
        type: 'llm.generate',
        version: 1,
        inputs: { prompt: { kind: 'template', template: 'Write a warm greeting to {{ run.input.who }}.' } },
        position: { x: 244, y: 0 },
      },
      {
        id: 'result',
        type: 'output',
        version: 1,
        title: 'Result',
        config: { fields: [{ name: 'letter' }] },
        inputs: { letter: { kind: 'expr', expr: 'nodes.generate.text' } },
        position: { x: 488, y: 40 },
      },
    ],
    edges: [
      { id: 'a', from: 'start', outcome: 'fired', to: 'generate' },
      { id: 'b', from: 'generate', outcome: 'ok', to: 'result' },
    ],
    notes: [{ id: 'n', text: 'Never promise a date.', position: { x: 244, y: 180 } }],
  };
}
