import { expect, type Locator, type Page } from '@playwright/test';

/** What one sees of what the compiler and the pipeline's history say, in the operator's words. */
export class Understanding {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The problems of one severity, by their heading: `Errors`, `Warnings`, `Notices`. */
  problems(severity: 'Errors' | 'Warnings' | 'Notices'): Locator {
    return this.page.getByRole('list', { name: severity, exact: true }).getByRole('listitem');
  }

  async seeCounts(counts: Partial<Record<'Errors' | 'Warnings' | 'Notices', number>>): Promise<void> {
    for (const severity of ['Errors', 'Warnings', 'Notices'] as const)
      await expect(this.problems(severity)).toHaveCount(counts[severity] ?? 0);
  }

  /** The problem that was gone to last. */
  get currentProblem(): Locator {
    return this.page.locator('[data-problem][aria-current="true"]');
  }

  node(id: string): Locator {
    return this.page.locator(`[data-node="${id}"]`);
  }

  async seeSelected(id: string): Promise<void> {
    await expect(this.node(id)).toHaveClass(/is-selected/);
    await expect(this.node(id)).toBeInViewport();
  }

  /** The mark on a card or an edge. */
  mark(of: string | RegExp): Locator {
    return this.page.locator('.react-flow').getByRole('button', { name: of });
  }

  get explanation(): Locator {
    return this.page.getByRole('tooltip');
  }

  /** Takes the pointer away from whatever it is on. */
  /** Points at something until it explains itself: while the canvas glides it may be elsewhere a moment later. */
  async seeExplained(what: Locator, text: string): Promise<void> {
    await expect(async () => {
      await what.hover();
      await expect(this.explanation).toContainText(text, { timeout: 2_000 });
    }).toPass();
  }

  async lookAway(): Promise<void> {
    await this.page.mouse.move(700, 8, { steps: 5 });
    await expect(this.explanation).toHaveCount(0);
  }

  async mend(problem: Locator): Promise<void> {
    await problem.getByRole('button').last().click();
  }

  /** Presses a key as if nothing but the canvas had it. */
  async key(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  overlay(name: string): Locator {
    return this.page.getByRole('toolbar', { name: 'Overlays' }).getByRole('button', { name: new RegExp(`^${name}`) });
  }

  /** Turns an overlay on or off by its key. */
  async turn(name: string, key: string, on: boolean): Promise<void> {
    await this.key(key);
    await expect(this.overlay(name)).toHaveAttribute('aria-pressed', String(on));
  }

  get legend(): Locator {
    return this.page.getByRole('note', { name: 'What the overlays show' });
  }

  /** What a card says of untrusted text. */
  trust(id: string): Locator {
    return this.node(id).locator('[data-trust-mark]');
  }

  edge(id: string): Locator {
    return this.page.locator(`[data-edge="${id}"]`);
  }

  /** What says, as `data-state`, how the run on the canvas went along an edge. */
  edgeState(id: string): Locator {
    return this.page.locator(`svg[data-state]:has([data-edge="${id}"])`);
  }
}
