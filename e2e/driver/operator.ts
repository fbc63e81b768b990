import fs from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';

export const credentials = { name: 'Ann Operator', email: 'ann@example.test', password: 'correct horse battery' };

/** What the operator does, in the operator's words. Finds things as a person does: by role and name. */
export class Operator {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async setUp(project: string): Promise<void> {
    await this.page.goto('/');
    await this.page.getByLabel('Your name').fill(credentials.name);
    await this.page.getByLabel('E-mail').fill(credentials.email);
    await this.page.getByLabel('Password').fill(credentials.password);
    await this.page.getByLabel('First project').fill(project);
    await this.page.getByRole('button', { name: 'Create operator' }).click();
    await expect(this.page.getByRole('heading', { name: 'Today', exact: true })).toBeVisible();
  }

  async signIn(): Promise<void> {
    await this.page.goto('/login');
    await this.page.getByLabel('E-mail').fill(credentials.email);
    await this.page.getByLabel('Password').fill(credentials.password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await expect(this.page.getByRole('heading', { name: 'Today', exact: true })).toBeVisible();
  }

  /** Opens the product, signed in as the specs of features are. */
  async open(): Promise<void> {
    await this.page.goto('/');
    await expect(this.page.getByRole('heading', { name: 'Today', exact: true })).toBeVisible();
  }

  async newPipeline(name: string): Promise<void> {
    await this.goTo('Pipelines');
    await this.page.getByRole('button', { name: 'New pipeline' }).first().click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: 'Create pipeline' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible();
  }

  /** Adds a node by the search of the library, behind what is selected. */
  async addNode(title: string): Promise<void> {
    const search = this.page.getByLabel('Add a node');
    await search.fill(title);
    await search.press('Enter');
  }

  async seeNodes(count: number): Promise<void> {
    await expect(this.page.locator('[data-node]')).toHaveCount(count);
  }

  async seeSaved(): Promise<void> {
    await expect(this.page.getByText('Saved', { exact: true })).toBeVisible();
  }

  async undo(): Promise<void> {
    await this.page.getByRole('button', { name: /^Undo/ }).click();
  }

  async redo(): Promise<void> {
    await this.page.getByRole('button', { name: /^Redo/ }).click();
  }

  async goTo(place: string): Promise<void> {
    await this.page
      .getByRole('navigation')
      .getByRole('link', { name: new RegExp(`^${place}`) })
      .first()
      .click();
  }

  async installTemplate(title: string): Promise<void> {
    await this.page.getByRole('link', { name: /template gallery/ }).click();
    await this.page.getByRole('button', { name: `Install ${title}` }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  }

  async openPipeline(name: string): Promise<void> {
    await this.goTo('Pipelines');
    await this.page.getByRole('link', { name }).first().click();
    await expect(this.node('start')).toBeVisible();
  }

  /** Starts a run of the draft with a file for one field of its form. */
  async runWith(field: string, file: { name: string; content: string }): Promise<void> {
    await this.page
      .getByRole('button', { name: /^Run\b/ })
      .first()
      .click();
    const dialog = this.page.getByRole('dialog');
    await dialog
      .getByLabel(field)
      .setInputFiles({ name: file.name, mimeType: 'text/csv', buffer: Buffer.from(file.content) });
    await expect(dialog.getByText(file.name)).toBeVisible();
    await dialog.getByRole('button', { name: /^Run\b/ }).click();
    await expect(dialog).toBeHidden();
  }

  /** Starts a run of the draft on the sample data of its template. */
  async runOnSample(): Promise<void> {
    await this.page
      .getByRole('button', { name: /^Run\b/ })
      .first()
      .click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Use the sample data of the template' }).click();
    await expect(dialog.getByText('leads.csv')).toBeVisible();
    await dialog.getByRole('button', { name: /^Run\b/ }).click();
    await expect(dialog).toBeHidden();
  }

  /** The card of a node on the canvas. */
  node(id: string): Locator {
    return this.page.locator(`[data-node="${id}"]`);
  }

  async seeNode(id: string, status: string): Promise<void> {
    await expect(this.node(id)).toHaveAttribute('data-status', status);
  }

  async select(id: string): Promise<void> {
    await this.node(id).click();
    // The inspector follows once the canvas has shown it: what is typed before goes to the node before.
    if (this.page.url().includes('/pipelines/')) await seeInspected(this.page, id);
  }

  /** The part of the inspector that is named. */
  part(name: string): Locator {
    return this.page.locator(`[data-section="${name.toLowerCase()}"]`);
  }

  async approveNext(subject: string): Promise<void> {
    await expect(this.page.getByRole('heading', { name: new RegExp(subject) })).toBeVisible();
    await this.page.getByRole('button', { name: /^Approve/ }).click();
  }

  /** Starts a run of the draft with what its form asks for. */
  async runWithValues(values: Record<string, string>): Promise<void> {
    await this.page
      .getByRole('button', { name: /^Run\b/ })
      .first()
      .click();
    const dialog = this.page.getByRole('dialog');
    for (const [field, value] of Object.entries(values)) await dialog.getByLabel(field).fill(value);
    await dialog.getByRole('button', { name: /^Run\b/ }).click();
    await expect(dialog).toBeHidden();
  }

  /** From the run on the canvas to its own page. */
  async openRun(): Promise<void> {
    await this.page.getByRole('link', { name: 'Open the run' }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: /^R-/ })).toBeVisible();
  }

  /** How the run on the page stands. */
  async seeRun(status: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('banner').or(this.page.locator('header')).getByText(status).first()).toBeVisible();
  }

  /** Presses what a run's page offers, as it is called there. */
  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).first().click();
  }

  /** What the run on the page gave. */
  get result(): Locator {
    return this.page.getByRole('region', { name: 'What this run did' });
  }

  async export(pipeline: string): Promise<string> {
    await this.goTo('Pipelines');
    await this.page.getByRole('button', { name: `More for ${pipeline}` }).click();
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('menuitem', { name: 'Export to a file' }).click();
    return fs.readFileSync(await (await download).path(), 'utf8');
  }

  async createProject(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Project:/ }).click();
    await this.page.getByRole('menuitem', { name: 'New project' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: /Create/ }).click();
    await expect(this.page.getByRole('button', { name: `Project: ${name}` })).toBeVisible();
  }

  async import(file: { name: string; content: string }): Promise<void> {
    await this.goTo('Pipelines');
    await this.page.getByRole('link', { name: 'Import' }).click();
    await this.page
      .locator('input[type="file"]')
      .setInputFiles({ name: file.name, mimeType: 'application/json', buffer: Buffer.from(file.content) });
    await expect(this.page.getByRole('button', { name: 'Import and enable' })).toBeDisabled();
    await this.page.getByRole('checkbox', { name: /I have read/ }).click();
    await this.page.getByRole('button', { name: 'Import and enable' }).click();
    await expect(this.node('start')).toBeVisible();
  }
}

/** The inspector shows this node. */
export async function seeInspected(page: Page, id: string): Promise<void> {
  await expect(page.locator('[data-inspects]')).toHaveAttribute('data-inspects', id);
}
