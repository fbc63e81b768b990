import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import pg from 'pg';
import type { GraphInput } from '#nodes/core/graph.ts';
import type { RouterInputs, RouterOutputs } from '#server/api/root.ts';
import { Given } from '../driver/given.ts';
import { outputOf, pipelineFile, startWith } from '../driver/graphs.ts';
import { Operator } from '../driver/operator.ts';

const model = 'letters';

/** Asks the API as the operator who is signed in. */
async function ask<Noun extends keyof RouterInputs, Verb extends keyof RouterInputs[Noun] & keyof RouterOutputs[Noun]>(
  page: Page,
  [noun, verb]: [Noun, Verb],
  data: RouterInputs[Noun][Verb],
): Promise<RouterOutputs[Noun][Verb]> {
  const answer = await page.request.post(`/api/trpc/${noun}.${String(verb)}`, { data });
  const body = (await answer.json()) as { result?: { data: RouterOutputs[Noun][Verb] } };
  if (!body.result) throw new Error(`${noun}.${String(verb)} was refused: ${JSON.stringify(body)}`);
  return body.result.data;
}

/** A pipeline that asks a model once. */
function asking(name: string, template: string): GraphInput {
  const { content } = pipelineFile(
    name,
    [
      startWith('notes'),
      {
        ...{ id: 'write', type: 'llm.generate', version: 1, title: 'Write' },
        config: { model, maxOutputTokens: 900 },
        inputs: { prompt: { kind: 'template', template: `${template}\n\n{{ run.input.notes }}` } },
      },
      outputOf('text', 'nodes.write.text'),
    ],
    ['fired', 'ok'],
  );
  return JSON.parse(content) as GraphInput;
}

/** Runs a day of each pipeline, the oldest day first; on one day there were far more of all. */
const habits = [
  { graph: asking('Answer questions', 'Write a reply to this question of a customer:'), everyDays: 1, words: 900 },
  { graph: asking('Read invoices', 'Sum up this invoice:'), everyDays: 2, words: 2_400 },
  { graph: asking('Weekly newsletter', 'Write a letter about what is new:'), everyDays: 7, words: 5_000 },
];
const pastDays = 45;
const busyDay = 6;

/** A project whose pipelines ran for weeks by a price of its own, with a budget that tells, one that holds, and one that is held. Answers its address. */
export async function paidFor(page: Page, databaseUrl: string): Promise<{ project: string; held: string }> {
  const given = new Given(page);
  const projectId = await given.project('Corner Shop');
  await ask(page, ['money', 'setPrice'], {
    ...{ projectId, provider: 'rehearsal', model, inputMicros: 3_000_000, outputMicros: 15_000_000 },
    source: 'Agreed for this example.',
  });
  const days = new Map<string, number>();
  for (const { graph, everyDays, words } of habits) {
    const address = await given.pipeline(graph);
    const pipelineId = address.split('/').at(-1) ?? '';
    for (let ago = pastDays; ago >= 0; ago -= everyDays)
      for (let run = 0; run < (ago === busyDay ? 16 : 1); run++) {
        const notes = `${graph.name}, ${ago} days ago. ${'Chai, tea, and what came of the order. '.repeat(words / 8)}`;
        const started = { source: 'draft', trigger: 'start', input: { notes }, requestKey: null } as const;
        const { runId } = await ask(page, ['runs', 'start'], { projectId, pipelineId, ...started });
        days.set(runId, ago);
      }
  }
  await agedBy(databaseUrl, days);
  const budgets = [
    { kind: 'month', limitMicros: 500_000, hard: true },
    { kind: 'day', limitMicros: 20_000, hard: false },
  ] as const;
  for (const budget of budgets) await ask(page, ['money', 'createBudget'], { projectId, ...budget });
  return { project: `/p/${projectId}`, held: await heldBy(page, given, projectId) };
}

/** Once all runs have paid, as if they had so many days ago. */
async function agedBy(databaseUrl: string, days: ReadonlyMap<string, number>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const runs = [...days.keys()];
    for (let paid = 0; paid < runs.length; await sleep(200))
      ({ paid } = (
        await client.query('select count(distinct run_id)::int as paid from spend where run_id = any($1)', [runs])
      ).rows[0]);
    await client.query(
      `update spend set at = at - make_interval(days => d.ago) from unnest($1::bigint[], $2::int[]) as d(run, ago) where run_id = d.run`,
      [runs, [...days.values()]],
    );
  } finally {
    await client.end();
  }
}

/** A run that its budget holds. Answers its question in the inbox. */
async function heldBy(page: Page, given: Given, projectId: string): Promise<string> {
  const address = await given.openEditor(asking('Quarterly report', 'Write a letter to the bank about this quarter:'));
  const pipelineId = address.split('/').at(-1) ?? '';
  const budget = { kind: 'run', pipelineId, limitMicros: 5_000, hard: true } as const;
  await ask(page, ['money', 'createBudget'], { projectId, ...budget });
  const operator = new Operator(page);
  await operator.runWithValues({ notes: 'Revenue grew by a tenth.' });
  await operator.seeNode('write', 'waiting');
  await page.goto(`/p/${projectId}/inbox`);
  await page.getByRole('link').filter({ hasText: 'over budget' }).first().click();
  await page.waitForURL(/task=/);
  return page.url();
}

/** A project that knows something: documents, facts of which one was corrected. Answers its address. */
export async function known(page: Page): Promise<string> {
  const given = new Given(page);
  const projectId = await given.project('What we know');
  for (const [name, text] of documents) await document(page, projectId, { name, text });
  for (const [subject, relation, object] of facts) await given.fact({ subject, relation, object });
  return `/p/${projectId}`;
}

/** Hands a document in and has it read. */
async function document(page: Page, projectId: string, { name, text }: { name: string; text: string }): Promise<void> {
  const answer = await page.request.post(`/api/files?projectId=${projectId}`, {
    data: Buffer.from(text),
    headers: { 'content-type': 'text/plain', 'x-file-name': name },
  });
  const { id } = (await answer.json()) as { id: string };
  await ask(page, ['memory', 'importDocuments'], { projectId, fileIds: [id] });
}

const documents: [string, string][] = [
  [
    'returns.md',
    '# Returns\n\nUnopened goods are taken back within thirty days. The customer pays for the way back unless what came was wrong or broken.\n\n## Broken on arrival\n\nA photograph is enough. We send another at once and do not ask for the broken one.\n\n## After thirty days\n\nA voucher, by hand, if the goods can still be sold.',
  ],
  [
    'delivery.md',
    '# Delivery\n\nWithin Germany in two working days, to the rest of the Union in five. Orders over 60 euros travel free.\n\n# Cold goods\n\nCheese and fish leave on Mondays and Tuesdays alone, so that none lies over a weekend.',
  ],
  [
    'price-list.csv',
    'product,unit,price\nChai,10 boxes of 20 bags,19.00\nChang,24 bottles of 12 oz,19.00\nAniseed Syrup,12 bottles of 550 ml,10.00\nIkura,12 jars of 200 ml,31.00\nQueso Cabrales,1 kg,21.00',
  ],
];
const facts: [string, string, string][] = [
  ['Chai', 'price', '18.00'],
  ['Chai', 'price', '19.00'],
  ['Alfreds Futterkiste', 'pays by', 'invoice, 14 days'],
  ['Around the Horn', 'contact', 'Thomas Hardy'],
  ['Berglunds snabbköp', 'does not want', 'telephone calls'],
];
