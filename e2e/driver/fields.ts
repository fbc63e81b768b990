import { expect, type Locator, type Page } from '@playwright/test';

/** What the operator does in the fields of the inspector, in the operator's words. */
export class Fields {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** All that belongs to one input or field of the configuration, by the address that problems name it by. */
  at(address: string): Locator {
    return this.page.locator(`[data-field="${address}"]`);
  }

  /** What is written in a field. */
  text(address: string): Locator {
    return this.at(address).locator('.cm-content');
  }

  /** Selects a node and waits for its fields. */
  async open(node: string): Promise<void> {
    await this.page.locator(`[data-node="${node}"]`).click();
    await expect(this.page.getByRole('textbox', { name: /^Id of the node/ })).toHaveValue(node);
  }

  /** Types at the end of what stands in a field. */
  async type(address: string, text: string): Promise<void> {
    const field = this.text(address);
    await field.click();
    await field.press('ControlOrMeta+End');
    await field.pressSequentially(text);
  }

  /** Types in place of all that stands in a field. */
  async write(address: string, text: string): Promise<void> {
    const field = this.text(address);
    await field.click();
    await field.press('ControlOrMeta+a');
    await field.pressSequentially(text);
  }

  async seeText(address: string, text: string): Promise<void> {
    await expect(this.text(address)).toHaveText(text);
  }

  /** What is offered at the cursor. */
  get offers(): Locator {
    return this.page.locator('.cm-tooltip-autocomplete [role="option"]');
  }

  async seeOffered(...names: string[]): Promise<void> {
    await this.askForOffers(names[0] ?? '');
    for (const name of names) await expect(this.offer(name)).toBeVisible();
  }

  /** Where the list does not open by itself in time, it is asked for, as one does. */
  private async askForOffers(name: string): Promise<void> {
    const offer = this.offer(name);
    await expect(async () => {
      if (!(await offer.isVisible())) await this.page.keyboard.press('Control+Space');
      await expect(offer).toBeVisible({ timeout: 2_000 });
    }).toPass();
  }

  offer(name: string): Locator {
    return this.offers.filter({ has: this.page.locator('.cm-completionLabel', { hasText: new RegExp(`^${name}$`) }) });
  }

  /** Takes one of the offers. */
  async accept(name: string): Promise<void> {
    await this.askForOffers(name);
    await this.offer(name).click();
  }

  /** The signature of the call that the cursor is in; the argument being written is in bold. */
  get signature(): Locator {
    return this.page.getByRole('note', { name: 'Signature' });
  }

  /** What the field gives, as it stands under it. */
  preview(address: string): Locator {
    return this.at(address).locator('[data-preview]');
  }

  async seePreview(address: string, value: string | RegExp, source: string | RegExp): Promise<void> {
    await expect(this.preview(address).locator('output')).toContainText(value);
    await expect(this.preview(address)).toContainText(source);
  }

  /** Shows what a field may read. */
  async askWhatMayBeRead(label: string): Promise<Locator> {
    await this.page.getByRole('button', { name: `What ${label} may read` }).click();
    const panel = this.page.getByRole('region', { name: `What ${label} may read` });
    await expect(panel).toBeVisible();
    return panel;
  }

  /** One thing that may be read, in what is shown of it. */
  readable(expr: string): Locator {
    return this.page.locator(`[role="treeitem"][data-expr="${expr.replaceAll('"', '\\"')}"]`);
  }

  /** How an input is given: `Value`, `Text with values`, `Expression` or `Prompt of the pipeline`. */
  async giveAs(label: string, way: string): Promise<void> {
    await this.page
      .getByRole('radiogroup', { name: `How ${label} is given` })
      .getByRole('radio', { name: way, exact: true })
      .click();
  }

  /** Nothing that is bound keeps the pipeline from running. */
  async seeItCompiles(): Promise<void> {
    await expect(this.page.getByRole('tab', { name: /^Problems/, selected: true })).toBeVisible();
    await expect(this.page.getByRole('list', { name: 'Errors' })).toHaveCount(0);
    await expect(this.page.locator('.cm-lintRange-error')).toHaveCount(0);
  }
}
