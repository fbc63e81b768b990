import { expect, test } from '@playwright/test';
import type { GraphInput } from '#nodes/core/graph.ts';
import { Given } from '../driver/given.ts';
import { outputOf, startWith } from '../driver/graphs.ts';
import { Operator } from '../driver/operator.ts';
import { Understanding } from '../driver/understanding.ts';

const expr = (text: string) => ({ kind: 'expr', expr: text }) as const;
const text = (template: string) => ({ kind: 'template', template }) as const;
const place = (column: number, row = 0) => ({ x: column * 244, y: row * 152 });

/** A page of strangers is read, shown to the operator and then mailed; and mailed once without. */
const pages: GraphInput = {
  format: 'solograph/graph',
  version: 1,
  name: 'Pages',
  nodes: [
    { ...startWith('url'), position: place(0) },
    {
      id: 'get',
      type: 'http.request',
      version: 2,
      title: 'Read the page',
      position: place(1),
      inputs: { url: expr('run.input.url') },
    },
    {
      id: 'ask',
      type: 'human.approval',
      version: 1,
      title: 'Ask me',
      config: { title: 'Send', fields: [{ name: 'body' }] },
      position: place(2),
      inputs: { body: text('{{ nodes.get.body }}') },
    },
    {
      id: 'send',
      type: 'email.send',
      version: 1,
      title: 'Send what I saw',
      position: place(3),
      inputs: { to: text('ann@example.test'), subject: text('Page'), body: expr('nodes.ask.body') },
    },
    {
      id: 'leak',
      type: 'email.send',
      version: 1,
      title: 'Send unseen',
      position: place(2, 1),
      inputs: { to: text('ann@example.test'), subject: text('Page'), body: text('{{ nodes.get.body }}') },
    },
  ],
  edges: [
    { id: 'a', from: 'start', outcome: 'fired', to: 'get' },
    { id: 'b', from: 'get', outcome: 'ok', to: 'ask' },
    { id: 'c', from: 'ask', outcome: 'approved', to: 'send' },
    { id: 'd', from: 'get', outcome: 'ok', to: 'leak' },
  ],
};

test('Trust shows the way of untrusted text, where a person stops it and where it leaks; Risk what may harm', async ({
  page,
}) => {
  const sees = new Understanding(page);
  await new Given(page).openEditor(pages);
  await sees.seeCounts({ Errors: 1, Warnings: 4 });
  await test.step('U turns it on', async () => {
    await expect(sees.trust('get')).toBeHidden();
    await sees.turn('Trust', 'u', true);
    await expect(sees.trust('get')).toHaveText('untrusted text enters');
    await expect(sees.trust('ask')).toHaveText('you decide');
    await expect(sees.trust('leak')).toHaveText('untrusted text leaks');
    await expect(sees.edge('b')).toHaveClass(/trust-open/);
    await expect(sees.edge('c')).toHaveClass(/trust-seen/);
    await expect(sees.edge('d')).toHaveClass(/trust-leak/);
    await expect(sees.edge('a')).not.toHaveClass(/trust-/);
    await expect(sees.legend).toContainText('a person has decided');
  });
  await test.step('the fix puts a person before the leak, and it is no more', async () => {
    await sees.mend(sees.problems('Errors'));
    await expect(sees.trust('leak')).toHaveText('reads untrusted text');
    await expect(sees.trust('approval')).toHaveText('you decide');
  });
  await test.step('U turns it off, R shows risks and gates', async () => {
    await sees.turn('Trust', 'u', false);
    await expect(sees.trust('get')).toBeHidden();
    await sees.turn('Risk', 'r', true);
    await expect(sees.legend).toContainText('asks or checks first');
    await sees.turn('Risk', 'r', false);
    await expect(sees.legend).toHaveCount(0);
  });
});

const letter: GraphInput = {
  format: 'solograph/graph',
  version: 1,
  name: 'Letter',
  nodes: [
    { ...startWith('name'), position: place(0) },
    {
      id: 'write',
      type: 'llm.generate',
      version: 1,
      title: 'Write',
      config: { output: { kind: 'text' } },
      position: place(1),
      inputs: { prompt: text('A letter to {{ run.input.name }}') },
    },
    { ...outputOf('letter', 'nodes.write.text'), position: place(2) },
  ],
  edges: [
    { id: 'a', from: 'start', outcome: 'fired', to: 'write' },
    { id: 'b', from: 'write', outcome: 'ok', to: 'result' },
  ],
};

test('Spend and Time show an estimate before a run and what it came to after; Live shows the run or does not', async ({
  page,
}) => {
  const operator = new Operator(page);
  const sees = new Understanding(page);
  await new Given(page).openEditor(letter);
  const write = sees.node('write');
  await test.step('before the first run a rehearsal is known to cost nothing, and how long it takes is not known', async () => {
    await sees.turn('Spend', 's', true);
    await expect(write.getByText('est. $0')).toBeVisible();
    await expect(sees.node('result').getByText('est. $0')).toBeVisible();
    await expect(sees.legend).toContainText('A run: est. $0(none was completed yet)');
  });
  await test.step('a run is history as soon as it has ended', async () => {
    await operator.runWithValues({ name: 'Ann' });
    await operator.seeNode('result', 'done');
    await expect(sees.legend).toContainText('last 1');
  });
  await test.step('Time shows both: what was to be expected, then what it came to', async () => {
    await sees.turn('Spend', 's', false);
    await expect(sees.legend).toHaveCount(0);
    await sees.turn('Time', 't', true);
    await expect(write.locator('.sg-time')).toHaveText(/^estimate .* s → .* s$/);
  });
  await test.step('L hides the run: then the estimate stands alone', async () => {
    await sees.turn('Live', 'l', false);
    await operator.seeNode('write', 'idle');
    await expect(write.locator('.sg-est-time').first()).toContainText(/ s/);
    await expect(write.locator('.sg-est-cost')).toBeHidden();
    await sees.turn('Time', 't', false);
    await expect(write.locator('.sg-est-time').first()).toBeHidden();
    await sees.turn('Spend', 's', true);
    await expect(write.locator('.sg-est-cost')).toContainText('est. $');
  });
});
