import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Operator } from '#server/api/context.ts';
import { greeting } from '#server/api/testing/graphs.ts';
import { openWorld, type World } from '#server/api/testing/world.ts';
import { installTemplate } from './install-template.ts';
import { listTemplates } from './list-templates.ts';
import { readShipped } from './shipped.ts';

let world: World;
let operator: Operator;
let projectId: string;
const folder = path.join(import.meta.dirname, 'fixtures');

beforeAll(async () => {
  world = await openWorld();
  operator = await world.operator();
});
beforeEach(async () => {
  projectId = (await world.project(operator)).projectId;
});
afterAll(async () => await world.close());

const api = () => world.as(operator);
const install = () => installTemplate({ projectId, name: 'tiny', folder });
type Document = Parameters<ReturnType<typeof api>['templates']['review']>[0]['document'];

describe('a shipped template', () => {
  test('is listed with what it needs', async () => {
    expect(await listTemplates(folder)).toEqual([
      {
        name: 'tiny',
        title: 'Tiny',
        description: 'Writes one mail.',
        needs: [expect.stringContaining('OPENAI_API_KEY'), expect.stringContaining('SMTP_URL')],
        nodeTypes: ['email.send', 'entity.upsert', 'llm.generate', 'trigger.manual'],
      },
    ]);
  });

  test('installs as a published pipeline that runs at once', async () => {
    const { pipelineId } = await install();
    expect(await api().pipelines.get({ projectId, pipelineId })).toMatchObject({
      name: 'Tiny',
      template: 'tiny',
      published: 1,
      enabled: true,
      draftDiffers: false,
    });
    const { runId } = await api().runs.start({
      ...{ projectId, pipelineId, source: 'published', trigger: 'start', requestKey: null },
      input: { person: 'Ann' },
    });
    expect(await api().runs.get({ projectId, runId })).toMatchObject({ mode: 'production', version: 1 });
  });

  test('brings its sample memories once, however often it is installed', async () => {
    await install();
    await install();
    const { items } = await api().memory.recent({ projectId });
    expect(items.map(({ text }) => text).sort()).toEqual(['Ann ordered Tea, green', 'Bob ordered Chai']);
    const ann = items.find(({ text }) => text.startsWith('Ann'));
    expect(ann).toMatchObject({ at: Date.parse('2024-05-06'), entity: { type: 'customer', key: 'A1' }, kind: 'order' });
    expect((await api().entities.list({ projectId })).items).toHaveLength(2);
    expect(await api().memory.search({ projectId, query: 'green tea' })).toMatchObject({
      hits: [{ text: 'Ann ordered Tea, green' }],
    });
  });

  test('that there is not is named among those that there are', async () => {
    await expect(readShipped('nope', folder)).rejects.toThrow('There is no template "nope". There are: tiny.');
    await expect(readShipped('../tiny', folder)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('each that the software ships can be installed', async () => {
    for (const { name } of await listTemplates()) await api().templates.install({ projectId, template: name });
    expect((await api().pipelines.list({ projectId })).map(({ template }) => template)).toContain('sales-follow-up');
  });
});

describe('an exported pipeline', () => {
  test('imports into another project with the same program, and does not run before it is enabled', async () => {
    const { pipelineId } = await install();
    const { fileName, document } = await api().templates.export({ projectId, pipelineId });
    expect(fileName).toBe('tiny.solograph.json');
    expect(document.requires).toEqual({
      nodeTypes: ['email.send', 'entity.upsert', 'llm.generate', 'trigger.manual'].map((type) => ({
        type,
        version: 1,
      })),
      capabilities: ['entities', 'mail', 'model'],
      connections: ['model', 'smtp'],
    });
    const [original] = await api().pipelines.versions({ projectId, pipelineId });
    const other = (await world.project(operator)).projectId;
    const imported = await api().templates.import({ projectId: other, document: JSON.parse(JSON.stringify(document)) });
    const [version] = await api().pipelines.versions({ projectId: other, ...imported });
    expect(version?.programHash).toBe(original?.programHash);
    const start = () =>
      api().runs.start({
        ...{ projectId: other, ...imported, source: 'published', trigger: 'start', requestKey: null },
        input: { person: 'Ann' },
      });
    await expect(start()).rejects.toMatchObject({ cause: { code: 'PIPELINE_DISABLED' } });
    await api().pipelines.setEnabled({ projectId: other, ...imported, enabled: true });
    await start();
  });

  test('holds no secret that was typed into it', async () => {
    const graph = greeting();
    graph.nodes.push({
      id: 'call',
      type: 'http.request',
      version: 1,
      inputs: {
        url: { kind: 'value', value: 'https://ann:hunter2@erp.example/orders' },
        headers: { kind: 'value', value: { Authorization: 'Bearer sk-12345', accept: 'text/plain' } },
      },
    });
    graph.prompts = [
      {
        id: 'p',
        title: 'P',
        text: 'Look at ftp://ann:hunter2@files.example for {{ who }}',
        variables: [{ name: 'who', type: 'text' }],
      },
    ];
    const { id: pipelineId } = await api().pipelines.create({ projectId, name: 'Ünïcode & Co.', graph });
    const { fileName, document, emptied } = await api().templates.export({ projectId, pipelineId });
    expect(fileName).toBe('unicode-co.solograph.json');
    expect(JSON.stringify(document)).not.toMatch(/sk-12345|hunter2/);
    expect(JSON.stringify(document)).toContain('https://erp.example/orders');
    expect(document.graph.prompts?.[0]?.text).toBe('Look at ftp://files.example for {{ who }}');
    expect(emptied.sort()).toEqual(['call.inputs.headers.Authorization', 'call.inputs.url', 'prompts.p']);
  });
});

describe('the review of a document', () => {
  const review = (document: unknown) => api().templates.review({ projectId, document: document as Document });

  test('tells what it would read, write, send and spend, and keeps nothing', async () => {
    const { graph, title } = await readShipped('tiny', folder);
    const found = await review({ format: 'solograph/template', version: 1, title, graph });
    expect(found).toMatchObject({
      ok: true,
      title: 'Tiny',
      programHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      writes: [{ nodeId: 'save', type: 'entity.upsert' }],
      sends: [{ nodeId: 'send', title: 'Send it' }],
      spends: { estimateMicros: 0, text: expect.stringContaining('rehearsal answers') },
      requires: { connections: ['model', 'smtp'] },
    });
    expect(await api().pipelines.list({ projectId })).toEqual([]);
  });

  test('of a graph with errors says so, and it is not let in', async () => {
    const { graph } = await readShipped('tiny', folder);
    const document = { format: 'solograph/template', version: 1, title: 'Broken', graph: { ...graph, edges: [] } };
    expect(await review(document)).toMatchObject({ ok: false, programHash: null, sends: [{ nodeId: 'send' }] });
    const refused = api().templates.import({ projectId, document: document as Document });
    await expect(refused).rejects.toMatchObject({ cause: { code: 'COMPILE_FAILED' } });
  });

  test.each([
    [null, 'DOCUMENT_INVALID'],
    ['text', 'DOCUMENT_INVALID'],
    [{ format: 'solograph/template', version: 9, title: 'x' }, 'DOCUMENT_NEWER'],
    [{ format: 'solograph/template', version: 1, graph: {} }, 'DOCUMENT_INVALID'],
    [{ format: 'solograph/template', version: 1, title: 'x', graph: [] }, 'DOCUMENT_INVALID'],
    [JSON.parse('{"format":"solograph/template","version":1,"title":"x","graph":{"__proto__":1}}'), 'KEY_REFUSED'],
  ])('of a strange file says what it is not: %j', async (document, code) => {
    const found = await review(document);
    expect(found.ok).toBe(false);
    expect(found.diagnostics[0]).toMatchObject({ code, severity: 'error' });
    await expect(api().templates.import({ projectId, document: document as Document })).rejects.toThrow();
  });

  test('takes a bare graph as well', async () => {
    expect(await review(greeting())).toMatchObject({ ok: true, title: 'Greeting' });
  });
});
