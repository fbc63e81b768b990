import type { Page } from '@playwright/test';
import type { GraphInput } from '#nodes/core/graph.ts';
import { Given } from '../driver/given.ts';
import { pipelineFile, startWith } from '../driver/graphs.ts';
import { Operator } from '../driver/operator.ts';

/** A run whose booking fails for good and asks. Answers the inbox with its task. */
export async function failing(page: Page, project: string): Promise<string> {
  const operator = new Operator(page);
  const booking = pipelineFile(
    'Book an order',
    [
      startWith('order'),
      {
        id: 'book',
        type: 'http.request',
        version: 2,
        title: 'Book in the ledger',
        config: { method: 'POST' },
        inputs: {
          url: { kind: 'value', value: 'http://127.0.0.1:9/ledger' },
          body: { kind: 'expr', expr: '{"order": run.input.order, "amount": 440}' },
        },
      },
    ],
    ['fired'],
  );
  await page.goto(`${project}/pipelines`);
  await operator.import(booking);
  await operator.runWithValues({ order: 'O-10248' });
  await operator.seeNode('book', 'waiting');
  await page.goto(`${project}/inbox`);
  await page.getByRole('link').filter({ hasText: 'failed, your decision' }).first().click();
  await page.waitForURL(/task=/);
  return page.url();
}

const place = (x: number, y: number) => ({ x: x * 244, y: y * 152 });
const expr = (text: string) => ({ kind: 'expr', expr: text }) as const;
const ledger = { url: { kind: 'value', value: 'https://books.example.test/reminders' } } as const;

const dunning: GraphInput = {
  format: 'solograph/graph',
  version: 1,
  name: 'Dunning',
  description: 'Reminds of open invoices until they are paid.',
  settings: {
    onFailure: 'ask',
    timeoutMs: 30 * 86_400_000,
    thresholds: [{ name: 'Three failed reminders in a day', nodes: ['book'], failures: 3, withinMs: 86_400_000 }],
  },
  nodes: [
    {
      ...{ id: 'start', type: 'trigger.manual', version: 1, title: 'Invoice is due', position: place(0, 1) },
      config: { fields: [{ name: 'invoice' }, { name: 'amount', type: 'number' }] },
    },
    {
      ...{ id: 'size', type: 'flow.switch', version: 1, title: 'How much?', position: place(1, 1) },
      config: {
        cases: [
          { name: 'large', when: 'value >= 1000.0' },
          { name: 'medium', when: 'value >= 100.0' },
        ],
      },
      inputs: { value: expr('run.input.amount') },
    },
    {
      ...{ id: 'repeat', type: 'flow.loop', version: 1, title: 'Remind until paid', position: place(2, 0) },
      config: { maxPasses: 3 },
      inputs: { initial: { kind: 'value', value: 1 }, next: expr('item'), again: expr('index < 2') },
    },
    {
      ...{ id: 'book', type: 'http.request', version: 2, title: 'Book the reminder', position: place(3, 0) },
      config: { method: 'POST' },
      inputs: ledger,
    },
    {
      ...{ id: 'unbook', type: 'http.request', version: 2, title: 'Cancel the booking', position: place(4, 1) },
      config: { method: 'DELETE' },
      inputs: ledger,
    },
    {
      ...{ id: 'wait', type: 'flow.wait', version: 1, title: 'Wait for the money', position: place(4, 0) },
      config: { mode: 'event', event: 'payment_received', timeoutMs: 604_800_000 },
      inputs: { key: expr('run.input.invoice') },
    },
    {
      ...{ id: 'tell', type: 'event.send', version: 1, title: 'Tell bookkeeping', position: place(2, 2) },
      config: { event: 'invoice_skipped' },
      inputs: { key: expr('run.input.invoice') },
    },
  ],
  edges: [
    { id: 'a', from: 'start', outcome: 'fired', to: 'size' },
    { id: 'b', from: 'size', outcome: 'large', to: 'repeat' },
    { id: 'c', from: 'repeat', outcome: 'each', to: 'book' },
    { id: 'd', from: 'book', outcome: 'ok', to: 'wait' },
    { id: 'e', from: 'book', outcome: 'undo', to: 'unbook' },
    { id: 'f', from: 'size', outcome: 'else', to: 'tell' },
  ],
};

/** A pipeline with every kind of control flow that has a card of its own. Answers its editor. */
export async function drawn(page: Page, project: string): Promise<string> {
  await page.goto(`${project}/pipelines`);
  await new Operator(page).import({ name: 'dunning.json', content: JSON.stringify(dunning) });
  return page.url();
}

/** A pipeline with a mistyped name, a mail that nothing guards and text of strangers that reaches it. Answers its editor. */
export async function mistaken(page: Page): Promise<string> {
  const nodes: GraphInput['nodes'] = [
    { ...startWith('email'), title: 'A lead comes', position: place(0, 0) },
    {
      ...{ id: 'read', type: 'http.request', version: 2, title: 'Read their page', position: place(1, 0) },
      inputs: { url: { kind: 'value', value: 'https://lead.example.test' } },
    },
    {
      ...{ id: 'send', type: 'email.send', version: 1, title: 'Write to them', position: place(2, 0) },
      inputs: {
        to: expr('run.input.emial'),
        subject: { kind: 'value', value: 'Hello' },
        body: expr('string(nodes.read.body)'),
      },
    },
  ];
  const edges = [
    { id: 'a', from: 'start', outcome: 'fired', to: 'read' },
    { id: 'b', from: 'read', outcome: 'ok', to: 'send' },
  ];
  return await new Given(page).pipeline({ format: 'solograph/graph', version: 1, name: 'First contact', nodes, edges });
}

/** Changes the draft of a published pipeline: a title, a node more. Answers its editor. */
export async function changed(page: Page, editor: string): Promise<string> {
  const operator = new Operator(page);
  await page.goto(editor);
  await operator.select('draft');
  await page.getByRole('textbox', { name: 'Title of the node' }).fill('Write the follow-up');
  await operator.addNode('Remember');
  await page.keyboard.press('Escape');
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.waitForTimeout(1_500);
  return editor;
}
