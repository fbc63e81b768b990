import { expect, type Locator, type Page } from '@playwright/test';

type Point = { x: number; y: number };

/** What hands do on the canvas and in the library. */
export class Wires {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get canvas(): Locator {
    return this.page.getByRole('main', { name: 'Canvas' });
  }

  get library(): Locator {
    return this.page.getByRole('navigation', { name: 'Node library' });
  }

  get search(): Locator {
    return this.page.getByLabel('Add a node');
  }

  /** The picker, whatever it asks. */
  get picker(): Locator {
    return this.page.getByRole('dialog').filter({ has: this.page.getByRole('combobox') });
  }

  card(id: string): Locator {
    return this.page.locator(`[data-node="${id}"]`);
  }

  entry(title: string): Locator {
    return this.library.getByRole('button', { name: title, exact: true }).first();
  }

  outcome(id: string, outcome: string): Locator {
    return this.card(id).locator(`[data-handleid="${outcome}"]`);
  }

  input(id: string): Locator {
    return this.card(id).locator('[data-handleid="in"]');
  }

  /** The edge from one node to another. */
  edge(from: string, to: string): Locator {
    return this.page.locator(
      `.react-flow__edge[data-id^="${from}-"][data-id$="-${to}"], .react-flow__edge[data-id="${from}>${to}"]`,
    );
  }

  /** How many edges there are on the canvas. */
  async seeEdges(count: number): Promise<void> {
    await expect(this.page.locator('.react-flow__edge')).toHaveCount(count);
  }

  async seeNodes(count: number): Promise<void> {
    await expect(this.page.locator('[data-node]')).toHaveCount(count);
  }

  /** Takes a wire at a handle and leaves it in the hand. */
  async takeWire(handle: Locator): Promise<void> {
    // A canvas that was just opened is still being framed: it rests before a hand can aim.
    await handle.hover();
    const { x, y } = await middleOf(handle);
    await this.page.mouse.down();
    await this.page.mouse.move(x + 12, y + 12);
  }

  async carryTo({ x, y }: Point): Promise<void> {
    await this.page.mouse.move(x - 3, y - 3);
    await this.page.mouse.move(x, y);
  }

  async letGo(): Promise<void> {
    await this.page.mouse.up();
  }

  /** Draws a wire from a handle to a point. */
  async drawWire(from: Locator, to: Point): Promise<void> {
    await this.takeWire(from);
    await this.carryTo(to);
    await this.letGo();
  }

  /** Drags from one point to another in a few steps. */
  async drag(from: Point, to: Point): Promise<void> {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
    await this.page.mouse.move(to.x, to.y, { steps: 3 });
  }

  /** Drags a node type out of the library and holds it over a point. */
  async dragEntry(title: string, to: Point): Promise<void> {
    await this.drag(await middleOf(this.entry(title)), to);
    // The browser tells what lies under a drag when it has moved there.
    await this.page.mouse.move(to.x + 1, to.y);
    await this.page.mouse.move(to.x, to.y);
  }

  /** Takes the end of an edge, beside the node that it leads to or comes from, and leaves it in the hand. */
  async takeEnd(edge: Locator, end: 'source' | 'target'): Promise<void> {
    const knob = edge.locator(`.react-flow__edgeupdater-${end}`);
    // Its ends are there while the pointer is on it.
    const on = await this.pointOnEdge(edge, end === 'target' ? 0.72 : 0.28);
    await this.page.mouse.move(on.x, on.y);
    await knob.waitFor({ state: 'attached' });
    const { x, y } = await middleOf(knob);
    await this.page.mouse.move(x, y);
    await expect(knob).toHaveCSS('opacity', '1');
    await this.page.mouse.down();
    await this.page.mouse.move(x + 8, y + 8);
  }

  /** Clicks an edge beside its middle, where the plus appears. */
  async selectEdge(edge: Locator): Promise<void> {
    const { x, y } = await this.pointOnEdge(edge, 0.3);
    await this.page.mouse.click(x, y);
    await expect(edge).toHaveClass(/selected/);
  }

  /** A place on the canvas where nothing stands, so far from its top left corner. */
  async emptyAt(x: number, y: number): Promise<Point> {
    const box = await boxOf(this.canvas);
    return { x: box.x + x, y: box.y + y };
  }

  async middleOfEdge(edge: Locator): Promise<Point> {
    return await this.pointOnEdge(edge, 0.5);
  }

  /** A point of an edge: 0 is where it begins, 1 where it ends. */
  async pointOnEdge(edge: Locator, share: number): Promise<Point> {
    return await edge.locator('.sg-edge-line').evaluate((line, at) => {
      const path = line as SVGPathElement;
      const matrix = path.getScreenCTM() as DOMMatrix;
      const { x, y } = path.getPointAtLength(path.getTotalLength() * at).matrixTransform(matrix);
      return { x, y };
    }, share);
  }

  /** Chooses from the open picker by what is typed. */
  async choose(query: string): Promise<void> {
    await this.picker.getByRole('combobox').fill(query);
    await expect(this.picker.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
    await this.page.keyboard.press('Enter');
    await expect(this.picker).toBeHidden();
  }

  /** What a picker offers, and how each fits, as it reads. */
  async offered(): Promise<string[]> {
    await expect(this.picker.getByRole('option').first()).toBeVisible();
    return await this.picker.getByRole('option').allInnerTexts();
  }

  async selected(): Promise<string[]> {
    const cards = this.page.locator('[data-node].is-selected');
    return await cards.evaluateAll((all) => all.map((card) => (card as HTMLElement).dataset.node ?? '').sort());
  }
}

export async function boxOf(element: Locator): Promise<Point & { width: number; height: number }> {
  await expect(element).toBeVisible();
  const box = await element.boundingBox();
  if (!box) throw new Error('What should be on the screen has no place there.');
  return box;
}

export async function middleOf(element: Locator): Promise<Point> {
  const box = await element.boundingBox();
  if (!box) throw new Error('What should be on the screen has no place there.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
