import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { RouterOutputs } from '#server/api/root.ts';
import { readInstance } from '#server/boot/home.ts';

const saves = /\/api\/trpc\/[^?]*pipelines\.saveDraft/;

/** How a draft is kept, as the operator meets it: edits, the mark beside the name, the choice after a conflict. */
export class Saving {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The word beside the name of the pipeline. */
  get mark(): Locator {
    return this.page.locator('[data-save]');
  }

  async see(word: string | RegExp): Promise<void> {
    await expect(this.mark).toHaveText(word);
  }

  get titleField(): Locator {
    return this.page.getByLabel('Title of the node');
  }

  async select(id: string): Promise<void> {
    await this.page.locator(`[data-node="${id}"]`).click();
    await expect(this.page.getByLabel('Id of the node, as expressions name it')).toHaveValue(id);
  }

  /** Gives a node another title. */
  async retitle(id: string, title: string): Promise<void> {
    await this.select(id);
    await this.titleField.fill(title);
    // What is typed is a moment later in the document: until then it says that all is saved, and it is.
    await this.seeTitle(id, title);
  }

  async seeTitle(id: string, title: string | RegExp): Promise<void> {
    await expect(this.page.locator(`[data-node="${id}"]`)).toContainText(title);
  }

  async undo(): Promise<void> {
    await this.page.getByRole('button', { name: /^Undo/ }).click();
  }

  /** Saving does not reach the server from this window, everything else does. */
  async loseServer(): Promise<void> {
    await this.page.route(saves, (route) => route.abort());
  }

  async findServer(): Promise<void> {
    await this.page.unroute(saves);
  }

  get conflict(): Locator {
    return this.page.getByRole('alertdialog', { name: 'This draft was changed elsewhere' });
  }

  async choose(choice: 'Merge both' | 'Keep mine' | 'Take theirs' | 'Save mine as a copy'): Promise<void> {
    await this.conflict.getByRole('button', { name: choice }).click();
    await expect(this.conflict).toBeHidden();
  }

  /** What a side of the conflict is said to have changed. */
  changes(side: 'You changed' | 'They changed'): Locator {
    return this.conflict.getByRole('region', { name: side });
  }

  /** What the draft was, newest first, as the server keeps it. */
  async history(): Promise<RouterOutputs['pipelines']['draftHistory']['items']> {
    return (await this.#ask<RouterOutputs['pipelines']['draftHistory']>('draftHistory', {})).items;
  }

  async titlesAt(saveId: string): Promise<(string | undefined)[]> {
    const { graph } = await this.#ask<RouterOutputs['pipelines']['draftAt']>('draftAt', { saveId });
    return graph.nodes.map(({ title }) => title);
  }

  async #ask<Output>(procedure: string, more: object): Promise<Output> {
    const [, projectId, pipelineId] = /\/p\/([^/]+)\/pipelines\/([^/?]+)/.exec(this.page.url()) ?? [];
    const input = JSON.stringify({ projectId, pipelineId, ...more });
    const answer = await this.page.request.get(`/api/trpc/pipelines.${procedure}?input=${encodeURIComponent(input)}`);
    return ((await answer.json()) as { result: { data: Output } }).result.data;
  }
}

/** Ends the web server of the tests' installation as a crash would; it is started again by what looks after it. */
export function killWebServer(): void {
  const web = readInstance(process.env.E2E_HOME ?? '')?.children.find(({ name }) => name === 'web');
  if (!web) throw new Error('The installation of the tests records no web server.');
  process.kill(web.pid, 'SIGKILL');
}

/** Ends a browser as a crash would, found by the folder that only it uses. */
export function killBrowser(userDataDir: string): void {
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const own = pids.filter((pid) => {
    const args = commandOf(pid);
    return args.includes(`--user-data-dir=${userDataDir}`) && !args.some((arg) => arg.startsWith('--type='));
  });
  if (own.length !== 1) throw new Error(`${own.length} browsers use ${path.basename(userDataDir)}; one was expected.`);
  process.kill(Number(own[0]), 'SIGKILL');
}

function commandOf(pid: string): string[] {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // It ended while the list was read.
  }
}
