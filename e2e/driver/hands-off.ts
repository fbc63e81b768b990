import { expect, type Locator, type Page } from '@playwright/test';

/** The operator without a mouse: keys alone, and what a screen reader hears. */
export class HandsOff {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Presses keys one after the other. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** What has the keyboard now. */
  get focus(): Locator {
    return this.page.locator(':focus');
  }

  /** Tabs until something of this name has the keyboard. */
  async tabTo(name: RegExp): Promise<void> {
    for (let stops = 0; stops < 80; stops += 1) {
      await this.press('Tab');
      const label = await this.focus.evaluate(
        (element) => element.getAttribute('aria-label') ?? element.textContent ?? '',
      );
      if (name.test(label)) return;
    }
    throw new Error(`No stop of the Tab key is called ${name}.`);
  }

  async seeFocusRing(): Promise<void> {
    // A card has the ring of its place on the canvas.
    const shown = await this.focus.evaluate((element) =>
      [element, ...element.children].some((one) => getComputedStyle(one).boxShadow !== 'none'),
    );
    expect(shown).toBe(true);
  }

  /** Adds a node by the library's search, behind what is selected. */
  async add(title: string): Promise<void> {
    await this.press('n');
    await expect(this.page.getByLabel('Add a node')).toBeFocused();
    await this.type(title);
    await this.press('Enter', 'Escape');
  }

  async hear(region: 'Run' | 'Canvas', text: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('status', { name: region, exact: true })).toHaveText(text);
  }
}
