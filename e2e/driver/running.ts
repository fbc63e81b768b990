import { expect, type Locator, type Page } from '@playwright/test';
import type { GraphInput } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import type { RouterOutputs } from '#server/api/root.ts';
import { Operator } from './operator.ts';

/** What the operator does to run a pipeline from its canvas, and sees of it. */
export class Running extends Operator {
  /** The dialog that is open. */
  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** The run that the canvas shows. */
  get pill(): Locator {
    return this.page.getByRole('region', { name: /^Run R-/ });
  }

  async openRunForm(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+Enter');
    await expect(this.dialog).toBeVisible();
  }

  async startWithKeys(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+Enter');
    await expect(this.dialog).toBeHidden();
  }

  /** Drops a file onto a field of the form. */
  async dropFile(field: string, name: string, content: string): Promise<void> {
    const data = await this.page.evaluateHandle(
      ([file = '', text = '']) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], file, { type: 'text/csv' }));
        return transfer;
      },
      [name, content],
    );
    const target = this.dialog.locator('label').filter({ has: this.page.getByLabel(field) });
    await target.dispatchEvent('dragover', { dataTransfer: data });
    await expect(target).toContainText('Let go to upload');
    await target.dispatchEvent('drop', { dataTransfer: data });
    await expect(this.dialog.getByText(name)).toBeVisible();
  }

  /** From the menu beside Run. */
  async runAgain(): Promise<void> {
    await this.page.getByRole('button', { name: 'Choose what to run' }).click();
    await this.page.getByRole('menuitem', { name: 'Run again with the last input' }).click();
  }

  async publish(): Promise<void> {
    await this.page.getByRole('button', { name: /^Publish v/ }).click();
    await this.dialog.getByRole('button', { name: /^Publish/ }).click();
    await expect(this.dialog).toBeHidden();
  }

  /** From the menu of a node. */
  async ofNode(id: string, entry: string | RegExp): Promise<void> {
    await this.node(id).click({ button: 'right' });
    await this.page.getByRole('menuitem', { name: entry }).click();
  }

  /** The run on the canvas, by its number and how it stands. */
  async seeShown(ref: number, words?: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('region', { name: `Run R-${ref}`, exact: true })).toBeVisible();
    if (words !== undefined) await expect(this.pill).toContainText(words);
  }

  async seeStale(id: string, why?: string | RegExp): Promise<void> {
    const mark = this.node(id).getByText('stale');
    await expect(mark).toBeVisible();
    if (why !== undefined) await expect(mark).toHaveAttribute('title', why);
  }

  async seeFresh(...ids: string[]): Promise<void> {
    for (const id of ids) await expect(this.node(id).getByText('stale')).toHaveCount(0);
  }

  /** The row of a node in the timeline. */
  row(id: string): Locator {
    return this.page.locator(`[data-timeline="${id}"]`);
  }

  async showTimeline(): Promise<void> {
    await this.page.getByRole('tab', { name: 'Timeline' }).click();
    await expect(this.page.getByRole('region', { name: 'Timeline' })).toBeVisible();
  }

  /** The list of runs above the canvas. */
  async openRuns(): Promise<Locator> {
    await this.page.getByRole('button', { name: /choose another run|Show a run/ }).click();
    return this.page.getByRole('menu');
  }

  async chooseRun(ref: number): Promise<void> {
    await (await this.openRuns()).getByRole('menuitem', { name: new RegExp(`R-${ref} `) }).click();
    await this.seeShown(ref);
  }

  /** Writes a value as JSON into the field of the open dialog that is called so. */
  async writeJson(field: string, value: Json): Promise<void> {
    await this.dialog.getByRole('textbox', { name: field }).fill(JSON.stringify(value));
  }

  /** What a step of the run on the canvas did, as the server has it. */
  async stepOf(state: string, path = ''): Promise<RouterOutputs['runs']['step']> {
    const runId = await this.pill.getAttribute('data-run');
    const projectId = new URL(this.page.url()).pathname.split('/')[2];
    const input = encodeURIComponent(JSON.stringify({ projectId, runId, state, path }));
    const answer = await this.page.request.get(`/api/trpc/runs.step?input=${input}`);
    return ((await answer.json()) as { result: { data: RouterOutputs['runs']['step'] } }).result.data;
  }
}

type Node = GraphInput['nodes'][number];

/** A node that asks the (rehearsing) model. */
export const asking = (id: string, title: string, template: string): Node => ({
  id,
  type: 'llm.generate',
  version: 1,
  title,
  inputs: { prompt: { kind: 'template', template } },
});

/** Waits until the operator approves. */
export const approving = (id: string, title: string): Node => ({
  id,
  type: 'human.approval',
  version: 1,
  title,
  inputs: { proposal: { kind: 'value', value: { go: true } } },
});

/** An editor page whose whole drawing was rendered so often; counts from the first call on. */
export async function countGraphRenders(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    type Fiber = { return: Fiber | null; memoizedProps: Record<string, unknown> | null; alternate: Fiber | null };
    type Counting = typeof globalThis & { sgRenders?: { seen: WeakSet<object>; count: number } };
    const counted = { seen: new WeakSet<object>(), count: 0 };
    (globalThis as Counting).sgRenders = counted;
    const host = document.querySelector('.react-flow') as (Element & Record<string, unknown>) | null;
    const key = Object.keys(host ?? {}).find((name) => name.startsWith('__reactFiber$'));
    const start = key ? (host?.[key] as Fiber) : null;
    const flowOf = (): Fiber | null => {
      for (let at: Fiber | null = start; at; at = at.return) if (at.memoizedProps?.nodeTypes) return at;
      return null;
    };
    const flow = flowOf();
    if (!flow) throw new Error('The drawing is not on the page.');
    const look = () => {
      for (const fiber of [flow, flow.alternate]) {
        const props = fiber?.memoizedProps;
        if (!props || counted.seen.has(props)) continue;
        counted.seen.add(props);
        counted.count += 1;
      }
      requestAnimationFrame(look);
    };
    look();
  });
  return async () =>
    await page.evaluate(
      () => (globalThis as typeof globalThis & { sgRenders?: { count: number } }).sgRenders?.count ?? -1,
    );
}
