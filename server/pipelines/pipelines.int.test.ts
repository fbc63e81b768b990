import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { GraphInput } from '#nodes/core/graph.ts';
import type { Operator } from '#server/api/context.ts';
import { handWorker } from '#server/api/testing/drive.ts';
import { greeting } from '#server/api/testing/graphs.ts';
import { greet } from '#server/api/testing/replies.ts';
import { openWorld, type World } from '#server/api/testing/world.ts';

let world: World;
let operator: Operator;
let projectId: string;
let pipelineId: string;

beforeAll(async () => {
  world = await openWorld();
  operator = await world.operator();
});
beforeEach(async () => {
  projectId = (await world.project(operator)).projectId;
  pipelineId = (await api().create({ projectId, name: 'Greeting', graph: greeting() })).id;
});
afterAll(async () => await world.close());

const api = () => world.as(operator).pipelines;
const get = () => api().get({ projectId, pipelineId });
const save = (revision: number, graph: GraphInput) => api().saveDraft({ projectId, pipelineId, revision, graph });
const publish = (revision: number) => api().publish({ projectId, pipelineId, note: 'n', revision });

describe('a draft', () => {
  test('is empty where nothing is given', async () => {
    const { id } = await api().create({ projectId, name: 'Empty' });
    expect(await api().get({ projectId, pipelineId: id })).toMatchObject({
      draft: { name: 'Empty', nodes: [], edges: [] },
      draftRevision: 1,
      published: null,
      draftDiffers: true,
    });
  });

  test('is saved on the revision that it was made on', async () => {
    expect(await save(1, greeting('Second'))).toEqual({ revision: 2 });
    expect(await get()).toMatchObject({ draftRevision: 2, draft: { name: 'Second' } });
  });

  test('of an older revision is refused, with what was saved meanwhile', async () => {
    await save(1, greeting('Theirs'));
    await expect(save(1, greeting('Mine'))).rejects.toMatchObject({
      cause: { code: 'CONFLICT', details: { revision: 2, graph: { name: 'Theirs' }, updatedAt: expect.any(Number) } },
    });
  });

  test('of two tabs at once is saved once', async () => {
    const saves = await Promise.allSettled([save(1, greeting('A')), save(1, greeting('B')), save(1, greeting('C'))]);
    expect(saves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  test('may have errors of meaning', async () => {
    const broken = { ...greeting(), edges: [] };
    expect(await save(1, broken)).toEqual({ revision: 2 });
  });

  test('must be a graph document', async () => {
    const strange = [
      { hello: 1 },
      { ...greeting(), nodes: [{ id: 'not an id!', type: 'x', version: 1 }] },
      JSON.parse(JSON.stringify(greeting()).replace('"config":{', '"config":{"__proto__":{},')),
      { ...greeting(), version: 2 },
    ];
    for (const graph of strange)
      await expect(save(1, graph as GraphInput)).rejects.toMatchObject({
        cause: { code: 'INPUT_INVALID', details: { diagnostics: expect.any(Array) } },
      });
    expect((await get()).draftRevision).toBe(1);
  });

  test('with characters that Postgres cannot keep is saved without them', async () => {
    await save(1, greeting('a\u0000b\ud800'));
    expect((await get()).draft.name).toBe('a\ufffdb\ufffd');
  });
});

describe('publishing', () => {
  test('makes numbered versions that never change', async () => {
    expect(await publish(1)).toMatchObject({ number: 1, programHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const changed = greeting();
    changed.nodes[0]!.config = { fields: [{ name: 'person' }] };
    await save(1, changed);
    await publish(2);
    const versions = await api().versions({ projectId, pipelineId });
    expect(versions).toMatchObject([{ number: 2 }, { number: 1, note: 'n', createdBy: operator.email }]);
    expect(versions[0]?.programHash).not.toBe(versions[1]?.programHash);
    expect((await api().version({ projectId, pipelineId, number: 1 })).graph.nodes[0]?.config).toMatchObject({
      fields: [{ name: 'person' }, { name: 'days' }],
    });
  });

  test('refuses a graph with errors and lists them', async () => {
    await save(1, { ...greeting(), edges: [] });
    await expect(publish(2)).rejects.toMatchObject({ cause: { code: 'COMPILE_FAILED' } });
    expect(await get()).toMatchObject({ published: null });
  });

  test('refuses a draft that changed after the operator saw it', async () => {
    await save(1, greeting('Newer'));
    await expect(publish(1)).rejects.toMatchObject({ cause: { code: 'CONFLICT', details: { revision: 2 } } });
  });

  test('twice at once makes one version', async () => {
    const both = await Promise.allSettled([publish(1), publish(1)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await api().versions({ projectId, pipelineId })).toHaveLength(1);
  });
});

describe('a draft differs from its version', () => {
  test('where another program would run, not where a node was moved', async () => {
    await publish(1);
    expect((await get()).draftDiffers).toBe(false);
    const moved = greeting();
    moved.nodes[1]!.position = { x: 500, y: 7 };
    await save(1, moved);
    expect((await get()).draftDiffers).toBe(false);
    const changed = greeting();
    changed.nodes[2]!.inputs = { ...changed.nodes[2]!.inputs, subject: { kind: 'value', value: 'Other' } };
    await save(2, changed);
    expect((await get()).draftDiffers).toBe(true);
    expect((await api().list({ projectId }))[0]?.draftDiffers).toBe(true);
    await save(3, greeting());
    expect((await api().list({ projectId }))[0]?.draftDiffers).toBe(false);
  });

  test('where it has errors', async () => {
    await publish(1);
    await save(1, { ...greeting(), edges: [] });
    expect((await get()).draftDiffers).toBe(true);
  });
});

describe('the list of pipelines', () => {
  test('tells how the last runs went', async () => {
    const worker = await handWorker();
    const ask = { projectId, pipelineId, source: 'draft', trigger: 'start', requestKey: null } as const;
    const { runs } = world.as(operator);
    const first = await runs.start({ ...ask, input: { person: 'Ann' } });
    await runs.cancel({ projectId, runId: first.runId });
    const second = await runs.start({ ...ask, input: { person: 'Bob' } });
    await worker.work(second.runId, greet);
    expect(await api().list({ projectId })).toMatchObject([
      {
        id: pipelineId,
        lastRuns: [
          { status: 'waiting', spendMicros: 0, ms: null },
          { status: 'cancelled', spendMicros: 0, ms: expect.any(Number) },
        ],
        runs30d: 2,
        succeeded30d: 0,
        spendMicros30d: 0,
      },
    ]);
  });

  test('loses a pipeline that is removed, but not while it runs', async () => {
    const { runs } = world.as(operator);
    const input = { person: 'Ann' };
    const run = await runs.start({ projectId, pipelineId, source: 'draft', trigger: 'start', input, requestKey: null });
    await expect(api().remove({ projectId, pipelineId })).rejects.toThrow(/R-1 still goes on/);
    await runs.cancel({ projectId, runId: run.runId });
    await api().remove({ projectId, pipelineId });
    expect(await api().list({ projectId })).toEqual([]);
  });
});
