import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { receiveFile } from '#server/files/receive-file.ts';
import { serveFile } from '#server/files/serve-file.ts';
import type { Operator } from './context.ts';
import { appRouter } from './root.ts';
import { type Everything, makeEverything } from './testing/everything.ts';
import { greeting } from './testing/graphs.ts';
import { openWorld, type World } from './testing/world.ts';

let world: World;
let mine: { operator: Operator; scope: Scope };
let other: Everything & { scope: Scope };
let ownOther: Everything & { scope: Scope };

beforeAll(async () => {
  world = await openWorld();
  const operator = await world.operator();
  mine = { operator, scope: await world.project(operator) };
  const stranger = await world.operator();
  other = await filled(stranger);
  ownOther = await filled(operator);
});
afterAll(async () => await world.close());

async function filled(owner: Operator): Promise<Everything & { scope: Scope }> {
  const scope = await world.project(owner);
  return { scope, ...(await makeEverything(world, owner, scope)) };
}

/** Procedures that name a thing by its id: what they are given of another project. */
const byId: Record<string, (them: Everything) => object> = {
  'pipelines.get': ({ pipelineId }) => ({ pipelineId }),
  'pipelines.saveDraft': ({ pipelineId }) => ({ pipelineId, revision: 1, graph: greeting('Stolen') }),
  'pipelines.draftHistory': ({ pipelineId }) => ({ pipelineId }),
  'pipelines.draftAt': ({ pipelineId, draftSaveId }) => ({ pipelineId, saveId: draftSaveId }),
  'pipelines.rename': ({ pipelineId }) => ({ pipelineId, name: 'Stolen' }),
  'pipelines.remove': ({ hookedId }) => ({ pipelineId: hookedId }),
  'pipelines.publish': ({ pipelineId }) => ({ pipelineId, note: '', revision: 1 }),
  'pipelines.versions': ({ pipelineId }) => ({ pipelineId }),
  'pipelines.nodeHistory': ({ pipelineId }) => ({ pipelineId }),
  'pipelines.version': ({ pipelineId }) => ({ pipelineId, number: 1 }),
  'pipelines.setEnabled': ({ pipelineId }) => ({ pipelineId, enabled: false }),
  'templates.export': ({ pipelineId }) => ({ pipelineId }),
  'templates.sampleInput': ({ pipelineId }) => ({ pipelineId }),
  'runs.start': ({ pipelineId }) => ({
    ...{ pipelineId, source: 'draft', trigger: 'start', requestKey: null },
    input: { person: 'Eve' },
  }),
  'runs.get': ({ runId }) => ({ runId }),
  'runs.step': ({ runId }) => ({ runId, state: 'approve', path: '' }),
  'runs.lineage': ({ runId }) => ({ runId, state: 'approve', path: '' }),
  'runs.sources': ({ runId }) => ({ runId, state: 'approve', path: '' }),
  'runs.steps': ({ runId }) => ({ runId, state: 'approve' }),
  'runs.timeline': ({ runId }) => ({ runId }),
  'runs.console': ({ runId }) => ({ runId }),
  'runs.cancel': ({ runId }) => ({ runId }),
  'runs.pause': ({ runId }) => ({ runId }),
  'runs.unpause': ({ runId }) => ({ runId }),
  'runs.why': ({ runId }) => ({ runId }),
  'runs.undoPlan': ({ runId }) => ({ runId }),
  'runs.undo': ({ runId }) => ({ runId }),
  'runs.undoStatus': ({ runId }) => ({ runId }),
  'runs.checkpoints': ({ runId }) => ({ runId }),
  'runs.stateAt': ({ runId }) => ({ runId, seq: 1 }),
  'runs.valueAt': ({ runId }) => ({ runId, seq: 9, state: 'start', path: '' }),
  'runs.scopeValues': ({ pipelineId, runId }) => ({ pipelineId, runId, reads: ['approve'], around: [], items: [] }),
  'runs.fork': ({ runId }) => ({ runId, seq: 1 }),
  'runs.rewind': ({ runId }) => ({ runId, seq: 1 }),
  'runs.retryFailed': ({ runId }) => ({ runId }),
  'runs.compatibility': ({ runId }) => ({ runId }),
  'runs.find': ({ pipelineId }) => ({ pipelineId, ref: 1 }),
  'runs.startUntil': ({ pipelineId }) => ({
    ...{ pipelineId, nodeId: 'send', trigger: 'start', requestKey: null },
    input: { person: 'Eve' },
  }),
  'runs.planOne': ({ pipelineId, runId }) => ({ pipelineId, nodeId: 'send', runId, path: null }),
  'runs.startOne': ({ pipelineId, runId }) => ({
    ...{ pipelineId, nodeId: 'send', runId, path: null, requestKey: null },
  }),
  'runs.planFrom': ({ runId }) => ({ runId, nodeId: 'send' }),
  'runs.forkFrom': ({ runId }) => ({ runId, nodeId: 'send' }),
  'inbox.get': ({ taskId }) => ({ taskId }),
  'inbox.decide': ({ taskId, token }) => ({ taskId, token, decision: 'approve' }),
  'inbox.answer': ({ taskId, token }) => ({ taskId, token, answer: 'happened' }),
  'inbox.resolve': ({ taskId, token }) => ({ taskId, token, choice: 'stop' }),
  'inbox.budget': ({ taskId, token }) => ({ taskId, token, choice: 'stop' }),
  'inbox.batch': ({ taskId, token }) => ({ taskId, token, choice: 'look' }),
  'money.estimateRun': ({ pipelineId }) => ({ pipelineId, source: 'draft' }),
  'money.createBudget': ({ pipelineId }) => ({ pipelineId, kind: 'pipeline', limitMicros: 1, hard: true }),
  'money.changeBudget': ({ budgetId }) => ({ budgetId, limitMicros: 1, hard: false }),
  'money.removeBudget': ({ budgetId }) => ({ budgetId }),
  'inbox.review': ({ taskId }) => ({ taskId, choice: 'release' }),
  'pins.list': ({ pipelineId }) => ({ pipelineId }),
  'pins.set': ({ pipelineId }) => ({ pipelineId, nodeId: 'send', outcome: 'sent', output: {} }),
  'pins.remove': ({ pipelineId }) => ({ pipelineId, nodeId: 'send' }),
  'memory.markExpected': ({ memoryId }) => ({ query: 'mine', itemIds: [memoryId] }),
  'memory.unmarkExpected': ({ memoryId }) => ({ query: 'private question', itemId: memoryId }),
  'entities.get': ({ entityId }) => ({ id: entityId }),
  'outbox.get': ({ mailId }) => ({ id: mailId }),
  'memory.item': ({ memoryId }) => ({ id: memoryId }),
  'memory.weigh': ({ memoryId }) => ({ id: memoryId, keep: true }),
  'memory.forget': ({ memoryId }) => ({ ids: [memoryId] }),
  'memory.forgetEntity': ({ entityId }) => ({ entityId }),
  'memory.mentions': ({ entityId }) => ({ entityId }),
  'memory.values': ({ runId }) => ({ owner: { kind: 'run', runId } }),
  'memory.putValue': ({ runId }) => ({ owner: { kind: 'run', runId }, name: 'n', value: 'stolen' }),
  'memory.clearValues': ({ runId }) => ({ owner: { kind: 'run', runId } }),
  'memory.correctFact': ({ factId }) => ({ id: factId, object: 'stolen', reason: 'stolen' }),
  'memory.addFact': ({ entityId }) => ({ entityId, relation: 'r', object: 'stolen' }),
  'memory.refreshDocument': ({ documentId }) => ({ id: documentId }),
  'memory.removeDocument': ({ documentId }) => ({ id: documentId }),
  'connections.update': ({ connectionId }) => ({ id: connectionId, fields: { name: 'stolen', kind: 'rehearsal' } }),
  'connections.remove': ({ connectionId }) => ({ id: connectionId }),
  'connections.test': ({ connectionId }) => ({ id: connectionId }),
  'webhooks.list': ({ hookedId }) => ({ pipelineId: hookedId }),
  'webhooks.create': ({ hookedId }) => ({ pipelineId: hookedId, nodeId: 'hook' }),
  'webhooks.remove': ({ webhookId }) => ({ id: webhookId }),
};

/** Procedures that answer what the project has: nothing of another project may be in it. */
const lists: Record<string, (them: Everything) => object> = {
  'projects.get': () => ({}),
  'pipelines.list': () => ({}),
  'pipelines.signatures': () => ({}),
  'runs.list': ({ pipelineId }) => ({ pipelineId }),
  'inbox.list': () => ({ status: 'open' }),
  'files.missing': () => ({ ids: [] }),
  'memory.search': () => ({ query: 'private note' }),
  'memory.recent': () => ({}),
  'memory.stats': () => ({}),
  'memory.documents': () => ({}),
  'memory.embedder': () => ({}),
  'memory.forgetting': () => ({}),
  'memory.forgotten': () => ({}),
  'memory.facts': ({ entityId }) => ({ entityId, history: true }),
  'memory.episodes': ({ entityId }) => ({ entityId }),
  'memory.recallSet': () => ({}),
  'memory.measureRecall': () => ({}),
  'entities.list': () => ({}),
  'outbox.list': () => ({}),
  'money.prices': () => ({}),
  'money.budgets': () => ({}),
  'money.spendBy': () => ({ by: 'run', from: '2020-01-01', to: '2020-02-01' }),
  'connections.list': () => ({}),
  'taskClasses.get': () => ({}),
  'taskClasses.resolve': () => ({}),
  'memory.embedderChoices': () => ({}),
  'today.get': () => ({}),
};

/** Procedures that take the project and nothing of it: being another's project is all that can be wrong. */
const byProjectOnly = [
  'projects.update',
  'pipelines.create',
  'templates.install',
  'templates.review',
  'templates.import',
  'memory.rebuild',
  'memory.importDocuments',
  'memory.addSource',
  'memory.migrateEmbedder',
  'memory.switchEmbedder',
  'memory.bringBackEmbedder',
  'memory.stopMigration',
  'memory.importRecallSet',
  'money.setPrice',
  'events.send',
  'connections.create',
  'taskClasses.set',
];
/** Procedures that know no project, and the stream, which is tried apart. */
const withoutProject = ['setup.status', 'projects.list', 'projects.create', 'templates.list'];

const inputs: Record<string, object> = {
  'projects.update': { name: 'Stolen' },
  'pipelines.create': { name: 'Planted' },
  'templates.install': { template: 'sales-follow-up' },
  'templates.review': { document: {} },
  'templates.import': { document: {} },
  'memory.rebuild': {},
  'memory.migrateEmbedder': { to: 'lexical-hash-v1' },
  'memory.switchEmbedder': {},
  'memory.bringBackEmbedder': {},
  'memory.stopMigration': {},
  'memory.importRecallSet': { text: 'question,expected\nWhat is private?,private note' },
  'memory.importDocuments': { fileIds: [randomUUID()] },
  'memory.addSource': { url: 'https://example.test/' },
  'events.send': { name: 'paid', key: 'k' },
  'money.setPrice': { provider: 'openai', model: 'gpt-4o', inputMicros: 1, outputMicros: 1 },
  'connections.create': { name: 'own', kind: 'rehearsal' },
  'taskClasses.set': { name: 'batch', settings: {} },
};

function call(name: string, input: object): Promise<unknown> {
  const found = name
    .split('.')
    .reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], world.as(mine.operator));
  return (found as (input: object) => Promise<unknown>)(input);
}

/** Everything that projects keep, as text. */
async function stateOf(projectId: string): Promise<string> {
  const [row] = await query<{ state: string }>(
    `select concat((select string_agg(x::text, ',' order by x.id) from pipeline x where project_id = $1),
                   (select string_agg(x::text, ',' order by x.id) from run x where project_id = $1),
                   (select string_agg(x::text, ',' order by x.id) from task x where project_id = $1),
                   (select string_agg(x::text, ',' order by x.id) from budget x where project_id = $1),
                   (select string_agg(x::text, ',' order by x.id) from entity x where project_id = $1),
                   (select string_agg(x::text, ',' order by x.id) from project x where id = $1),
                   (select string_agg(w::text, ',' order by w.id) from webhook w join pipeline p on p.id = w.pipeline_id where project_id = $1),
                   (select string_agg(v::text, ',' order by v.id) from pipeline_version v join pipeline p on p.id = v.pipeline_id where project_id = $1),
                   (select string_agg(d::text, ',' order by d.id) from draft_save d join pipeline p on p.id = d.pipeline_id where project_id = $1),
                   (select string_agg(r::text, ',' order by r.id) from recall_expectation r where project_id = $1),
                   (select string_agg(c::text, ',' order by c.id) from model_connection c where project_id = $1),
                   (select string_agg(e::text, ',' order by e.id) from inbox_event e where project_id = $1),
                   (select string_agg(n::text, ',' order by n.node_id) from pin n join pipeline p on p.id = n.pipeline_id where project_id = $1),
                   (select string_agg(u::text, ',' order by u.id) from undo u join run r on r.id = u.run_id where r.project_id = $1),
                   (select string_agg(a::text, ',' order by a.id) from audit_entry a where project_id = $1)) as state`,
    [projectId],
  );
  return row?.state ?? '';
}

test('every procedure is tried', () => {
  const tried = [...Object.keys(byId), ...Object.keys(lists), ...byProjectOnly, ...withoutProject, 'live.runs'];
  expect(tried.sort()).toEqual(Object.keys(appRouter._def.procedures).sort());
});

describe.each([
  ['of somebody else', () => other],
  ['of the same operator', () => ownOther],
])('a thing of another project, %s', (_, them) => {
  test.each(Object.keys(byId))('is not found by %s', async (name) => {
    const before = await stateOf(them().scope.projectId);
    const input = { projectId: mine.scope.projectId, ...byId[name]?.(them()) };
    await expect(call(name, input)).rejects.toMatchObject({ code: 'NOT_FOUND', cause: { code: 'NOT_FOUND' } });
    expect(await stateOf(them().scope.projectId)).toBe(before);
  });

  test.each(Object.keys(lists))('is not told by %s', async (name) => {
    const { scope, token, ...ids } = them();
    const told = JSON.stringify(await call(name, { projectId: mine.scope.projectId, ...lists[name]?.(them()) }));
    for (const id of [
      scope.projectId,
      ids.pipelineId,
      ids.hookedId,
      ids.taskId,
      ids.entityId,
      ids.mailId,
      ids.memoryId,
      ids.connectionId,
    ])
      expect(told).not.toContain(id);
    expect(told).not.toContain('private');
  });

  test('is not found by the live stream', async () => {
    for (const asked of [{ pipelineId: them().pipelineId }, { runId: them().runId }]) {
      const stream = await world.as(mine.operator).live.runs({ projectId: mine.scope.projectId, ...asked });
      await expect(stream[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  test('is not told by a live stream that is made to believe it was there before', async () => {
    const { projectId } = mine.scope;
    const { id } = await world.as(mine.operator).pipelines.create({ projectId, name: 'Mine' });
    const abort = new AbortController();
    const caller = world.as(mine.operator, abort.signal);
    const stream = await caller.live.runs({ projectId, pipelineId: id, lastEventId: `r${them().runId}:0` });
    const first = await Promise.race([
      stream[Symbol.asyncIterator]().next(),
      new Promise((resolve) => setTimeout(resolve, 1_500, 'nothing')),
    ]);
    expect(first).toBe('nothing');
    abort.abort();
  });
});

describe('a project of somebody else', () => {
  const everything = { ...byId, ...lists };

  test.each([...Object.keys(everything), ...byProjectOnly])('is not found by %s', async (name) => {
    const before = await stateOf(other.scope.projectId);
    const rest = everything[name]?.(other) ?? inputs[name];
    await expect(call(name, { projectId: other.scope.projectId, ...rest })).rejects.toMatchObject({
      cause: { code: 'NOT_FOUND' },
    });
    expect(await stateOf(other.scope.projectId)).toBe(before);
  });

  test('is not listed', async () => {
    expect(JSON.stringify(await call('projects.list', {}))).not.toContain(other.scope.projectId);
  });
});

test('a file of another project is neither read nor written', async () => {
  const theirs = `projectId=${other.scope.projectId}`;
  const own = `projectId=${mine.scope.projectId}`;
  const read = new Request(`http://localhost/api/files/x?${theirs}`);
  const ownRead = new Request(`http://localhost/api/files/x?${own}`);
  const write = new Request(`http://localhost/api/files?${theirs}`, { method: 'POST', body: 'x' });
  for (const attempt of [
    () => serveFile(read, other.fileId, mine.operator),
    () => serveFile(ownRead, other.fileId, mine.operator),
    () => serveFile(ownRead, ownOther.fileId, mine.operator),
    () => receiveFile(write, mine.operator),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
