import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type APIResponse, type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import type { Graph } from '#nodes/core/graph.ts';
import { type Stack, startStack } from '#server/boot/stack.ts';
import { browserOptions } from '#server/testing/browser.ts';
import { type BarePage, type Box, serveBarePage } from './bare-page.ts';
import { largePipeline } from './graphs.ts';
import { installProbe } from './probe.ts';

/** A frame takes as long as it takes: nothing holds a page back because no person looks at it. */
const flags = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--enable-precise-memory-info',
];

/** The product, the bare page and a browser for both, for as long as the bench runs. */
export type Rig = {
  url: string;
  browser: Browser;
  context: BrowserContext;
  bare: BarePage;
  /** Where the editor's canvas stands; the bare page has its own at the same place. */
  canvas: Box;
  projectId: string;
  /** Makes a pipeline of so many nodes, once; answers its id. */
  pipeline(nodes: number): Promise<string>;
  /** Calls a procedure of the product's API as the operator: one that changes something, one that asks. */
  call<Output>(procedure: string, input: unknown): Promise<Output>;
  query<Output>(procedure: string, input: unknown): Promise<Output>;
  close(): Promise<void>;
};

export type Side = 'editor' | 'bare';

export async function openRig(): Promise<Rig> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'solograph-bench-'));
  fs.chmodSync(home, 0o755);
  const stack = await startStack({ home, web: true, worker: true, chroma: false, port: 0 });
  const bare = await serveBarePage(path.join(home, 'bare'));
  const options = await browserOptions();
  const browser = await chromium.launch({ ...options, args: [...(options.args ?? []), ...flags] });
  const close = async () => {
    await browser.close();
    await bare.stop();
    await stack.stop();
    fs.rmSync(home, { recursive: true, force: true });
  };
  try {
    return await rigOver({ stack, bare, browser, close });
  } catch (error) {
    await close();
    throw error;
  }
}

type Parts = { stack: Stack; bare: BarePage; browser: Browser; close: () => Promise<void> };

async function rigOver({ stack, bare, browser, close }: Parts): Promise<Rig> {
  const url = stack.url ?? '';
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const { call, query } = callersOf(context, url);
  const operator = { name: 'Bench', email: 'bench@example.test', password: 'a long bench password' };
  const signed = await context.request.post(`${url}/api/auth/sign-up/email`, {
    data: operator,
    headers: { origin: url },
  });
  if (!signed.ok()) throw new Error(`The operator could not be created: ${await signed.text()}`);
  const { id: projectId } = await call<{ id: string }>('projects.create', { name: 'Bench' });
  const made = new Map<number, string>();
  const rig = {
    url,
    browser,
    context,
    bare,
    projectId,
    call,
    query,
    close,
    canvas: { x: 0, y: 0, width: 0, height: 0 },
    async pipeline(nodes: number) {
      const known = made.get(nodes);
      if (known) return known;
      const graph: Graph = largePipeline(nodes);
      const { id } = await call<{ id: string }>('pipelines.create', { projectId, name: graph.name, graph });
      made.set(nodes, id);
      return id;
    },
  };
  return { ...rig, canvas: await canvasOf(rig) };
}

function callersOf(context: BrowserContext, url: string): Pick<Rig, 'call' | 'query'> {
  const read = async <Output>(procedure: string, answer: APIResponse): Promise<Output> => {
    const body = (await answer.json()) as { result?: { data: Output }; error?: { message: string } };
    if (!body.result) throw new Error(`${procedure} was refused: ${JSON.stringify(body.error)}`);
    return body.result.data;
  };
  return {
    call: async (procedure, data) =>
      read(procedure, await context.request.post(`${url}/api/trpc/${procedure}`, { data })),
    query: async (procedure, input) =>
      read(
        procedure,
        await context.request.get(`${url}/api/trpc/${procedure}`, { params: { input: JSON.stringify(input) } }),
      ),
  };
}

async function canvasOf(rig: Omit<Rig, 'canvas'>): Promise<Box> {
  const page = await rig.context.newPage();
  try {
    await page.goto(`${rig.url}/p/${rig.projectId}/pipelines/${await rig.pipeline(10)}`);
    const canvas = page.locator('.react-flow').first();
    await canvas.locator('.react-flow__node').first().waitFor();
    const box = await canvas.boundingBox();
    if (!box) throw new Error('The editor has no canvas.');
    return box;
  } finally {
    await page.close();
  }
}

/** The address of a pipeline of so many nodes, on either side. */
export async function addressOf(rig: Rig, side: Side, nodes: number): Promise<string> {
  if (side === 'bare') return rig.bare.address(nodes, rig.canvas);
  return `${rig.url}/p/${rig.projectId}/pipelines/${await rig.pipeline(nodes)}`;
}

/** Opens a pipeline in a page of its own and waits until everything in view is drawn. */
export async function openPage(rig: Rig, side: Side, nodes: number, alsoFirst?: () => void): Promise<Page> {
  const page = await rig.context.newPage();
  await page.addInitScript(installProbe, { nodes: 0 });
  if (alsoFirst) await page.addInitScript(alsoFirst);
  await page.goto(await addressOf(rig, side, nodes));
  await page.locator('.react-flow__node').first().waitFor();
  await page.waitForFunction(
    (least) => document.getElementsByClassName('react-flow__node').length >= least,
    nodesInView(rig, nodes),
  );
  await settled(page);
  return page;
}

/** How many nodes the first view shows, a few at its rim left out. */
export function nodesInView(rig: Rig, nodes: number): number {
  const { width, height } = rig.canvas;
  const graph = largePipeline(nodes);
  const right = Math.max(...graph.nodes.map(({ position }) => position.x)) + 188;
  const bottom = Math.max(...graph.nodes.map(({ position }) => position.y)) + 96;
  const inside = graph.nodes.filter(
    ({ position: { x, y } }) =>
      Math.abs(x + 94 - right / 2) < width / 0.1 / 2 && Math.abs(y + 48 - bottom / 2) < height / 0.1 / 2,
  );
  return Math.floor(inside.length * (inside.length < nodes ? 0.95 : 1));
}

/** Waits until the page has had nothing to do for a while. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let quiet = 0;
        let last = performance.now();
        const look = () => {
          const now = performance.now();
          quiet = now - last < 34 ? quiet + 1 : 0;
          last = now;
          if (quiet >= 20) resolve();
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
  );
}
