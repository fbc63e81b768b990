import { expect, type Locator, type Page } from '@playwright/test';
import type { GraphInput } from '#nodes/core/graph.ts';

const place = (column: number, row = 0) => ({ x: column * 244, y: row * 152 });

/** Writes a greeting and gives it out: few nodes, no model, no mail. */
export function greetingGraph(name: string, text = 'Dear customer, thank you for your order.'): GraphInput {
  return {
    format: 'solograph/graph',
    version: 1,
    name,
    nodes: [
      {
        ...{ id: 'start', type: 'trigger.manual', version: 1, position: place(0) },
        config: { fields: [{ name: 'who', title: 'Who', type: 'text' }] },
      },
      {
        ...{ id: 'ask', type: 'flow.branch', version: 1, title: 'Known?', position: place(1) },
        inputs: { condition: { kind: 'expr', expr: 'run.input.who != ""' } },
      },
      {
        ...{ id: 'greet', type: 'output', version: 1, title: 'Greeting', position: place(2) },
        config: { fields: [{ name: 'text' }] },
        inputs: { text: { kind: 'template', template: `${text} {{ run.input.who }}` } },
      },
    ],
    edges: [
      { id: 'e1', from: 'start', outcome: 'fired', to: 'ask' },
      { id: 'e2', from: 'ask', outcome: 'true', to: 'greet' },
    ],
  };
}

/** Asks a page of the web as it was written for the first version of the node, and goes on by an outcome that is gone. */
export function oldRequestGraph(name: string): GraphInput {
  return {
    format: 'solograph/graph',
    version: 1,
    name,
    nodes: [
      { id: 'start', type: 'trigger.manual', version: 1, position: place(0) },
      {
        ...{ id: 'call', type: 'http.request', version: 1, title: 'Ask for rates', position: place(1) },
        config: { method: 'GET', headers: { accept: 'text/plain', 'x-shop': '7' } },
        inputs: { url: { kind: 'value', value: 'https://rates.example.test/' } },
      },
      {
        ...{ id: 'again', type: 'http.request', version: 1, title: 'Ask again', position: place(2) },
        inputs: { url: { kind: 'value', value: 'https://rates.example.test/again' } },
      },
      { id: 'result', type: 'output', version: 1, position: place(3) },
    ],
    edges: [
      { id: 'e1', from: 'start', outcome: 'fired', to: 'call' },
      { id: 'e2', from: 'call', outcome: 'ok', to: 'again' },
      { id: 'e3', from: 'call', outcome: 'not_found', to: 'result' },
      { id: 'e4', from: 'again', outcome: 'ok', to: 'result' },
    ],
  };
}

/** What the operator does with versions and with the history of a pipeline. */
export class Versions {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** What stands in the top bar about versions. */
  get mark(): Locator {
    return this.page.getByRole('banner').getByRole('link', { name: /Not published|^v\d/ });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: /^Publish version/ });
  }

  async openPublish(): Promise<void> {
    await this.page.getByRole('button', { name: /^Publish v\d+$/ }).click();
    await expect(this.dialog).toBeVisible();
  }

  async publish(note: string): Promise<void> {
    await this.openPublish();
    await this.dialog.getByLabel('What changed').fill(note);
    await this.dialog.getByRole('button', { name: /^Publish v/ }).click();
    await expect(this.dialog).toBeHidden();
  }

  async retitle(nodeId: string, title: string): Promise<void> {
    await this.page.locator(`[data-node="${nodeId}"]`).click();
    await this.page.getByLabel('Title of the node').fill(title);
  }

  /** The history over the editor. */
  get history(): Locator {
    return this.page.getByRole('dialog', { name: /^History of/ });
  }

  async openHistory(): Promise<void> {
    await this.mark.click();
    await expect(this.history).toBeVisible();
  }

  async backToEditor(): Promise<void> {
    await this.history.getByRole('link', { name: 'Editor' }).click();
    await expect(this.history).toBeHidden();
  }

  /** A line of the history: `v1`, or `Edited` for a state of the draft. */
  entry(title: string): Locator {
    return this.history
      .getByRole('navigation', { name: 'History' })
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('link', { name: title, exact: true }) })
      .first();
  }

  async choose(title: string, action: string): Promise<void> {
    await this.entry(title)
      .getByRole('button', { name: `More for ${title}` })
      .click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  change(title: string | RegExp): Locator {
    return this.history.getByRole('list', { name: 'Changes' }).getByRole('button', { name: title });
  }

  /** Takes the last edit back, which is called so: a message that offers the same may still be seen. */
  async undo(edit: string): Promise<void> {
    await this.page.getByRole('button', { name: `Undo: ${edit}` }).click();
  }

  /** A card of the drawing that compares, by the name that it is read out with. */
  card(name: RegExp): Locator {
    return this.history.locator('.react-flow__node').and(this.page.getByRole('group', { name }));
  }
}
