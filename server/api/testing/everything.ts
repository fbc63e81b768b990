import { randomUUID } from 'node:crypto';
import { query } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { storeFile } from '#server/files/store-file.ts';
import type { Operator } from '../context.ts';
import { handWorker } from './drive.ts';
import { greeting, hooked } from './graphs.ts';
import { greet } from './replies.ts';
import type { World } from './world.ts';

/** Ids of one of every kind of thing that a project can have. */
export type Everything = {
  pipelineId: string;
  hookedId: string;
  runId: string;
  taskId: string;
  token: string;
  entityId: string;
  mailId: string;
  memoryId: string;
  documentId: string;
  factId: string;
  webhookId: string;
  fileId: string;
  draftSaveId: string;
  budgetId: string;
  connectionId: string;
};

/** Makes one of every kind of thing in a project: with a run that waits for its operator. */
export async function makeEverything(world: World, operator: Operator, scope: Scope): Promise<Everything> {
  const { projectId } = scope;
  const api = world.as(operator);
  const { id: pipelineId } = await api.pipelines.create({ projectId, name: 'Greeting', graph: greeting() });
  await api.pipelines.publish({ projectId, pipelineId, revision: 1 });
  const [save] = (await api.pipelines.draftHistory({ projectId, pipelineId })).items;
  const { id: hookedId } = await api.pipelines.create({ projectId, name: 'Hooked', graph: hooked() });
  const webhook = await api.webhooks.create({ projectId, pipelineId: hookedId, nodeId: 'hook' });
  const { runId } = await api.runs.start({
    projectId,
    pipelineId,
    source: 'published',
    trigger: 'start',
    input: { person: 'Ann' },
    requestKey: null,
  });
  await (await handWorker()).work(runId, greet);
  const [task] = await api.inbox.list({ projectId, status: 'open' });
  const taskId = task?.id ?? '';
  const { token } = await api.inbox.get({ projectId, taskId });
  const file = await storeFile(scope, {
    name: 'leads.csv',
    mime: 'text/csv',
    content: new TextEncoder().encode('a,b'),
  });
  const budget = await api.money.createBudget({ projectId, kind: 'day', limitMicros: 1_000_000, hard: true });
  const fields = {
    name: 'private',
    kind: 'compatible',
    baseUrl: 'http://127.0.0.1:9/v1',
    key: 'private-key-1234',
  } as const;
  const connection = await api.connections.create({ projectId, ...fields });
  const rows = await makeRows(projectId, runId);
  const ids = {
    webhookId: webhook.id,
    fileId: file.id,
    draftSaveId: save?.id ?? '',
    budgetId: budget.id,
    connectionId: connection.id,
  };
  return { pipelineId, hookedId, runId, taskId, token, ...ids, ...rows };
}

async function makeRows(
  projectId: string,
  runId: string,
): Promise<Pick<Everything, 'entityId' | 'mailId' | 'memoryId' | 'documentId' | 'factId'>> {
  const [entityId, mailId, memoryId, documentId, factId] = Array.from({ length: 5 }, () => randomUUID()) as [
    string,
    string,
    string,
    string,
    string,
  ];
  await query(`insert into entity (id, project_id, type, key, data) values ($1, $2, 'customer', $3, '{}')`, [
    entityId,
    projectId,
    `key of ${projectId}`,
  ]);
  await query(`insert into entity_change (entity_id, version, changed) values ($1, 1, '{name}')`, [entityId]);
  await query(
    `insert into memory_item (id, project_id, entity_id, tier, kind, text) values ($1, $2, $3, 'episodic', 'note', 'private note')`,
    [memoryId, projectId, entityId],
  );
  await query(
    `insert into memory_chunk (id, item_id, project_id, entity_id, ord, text) values ($4, $1, $2, $3, 0, 'private note')`,
    [memoryId, projectId, entityId, randomUUID()],
  );
  await query(
    `insert into recall_expectation (id, project_id, query, item_id, marked_by) values ($1, $2, 'private question', $3, 'test')`,
    [randomUUID(), projectId, memoryId],
  );
  await query(
    `insert into outbox_mail (id, project_id, message_id, run_id, "from", "to", subject, text)
     values ($1, $2, $3, $4, 'a@example.test', 'b@example.test', 'Private', 'private mail')`,
    [mailId, projectId, `<${mailId}@example.test>`, runId],
  );
  await query(
    `insert into spend (project_id, run_id, step_id, state, path, call_key, request_hash, provider, model, input_tokens, output_tokens, cost_micros, answer)
     select $1, run_id, id, state, path, $3, '', 'p', 'm', 1, 1, 7, '{}' from step where run_id = $2 and state = 'approve'`,
    [projectId, runId, `${runId}:approve::1`],
  );
  await query(`insert into document (id, project_id, name) values ($1, $2, 'private.pdf')`, [documentId, projectId]);
  await query(
    `insert into fact (id, project_id, entity_id, subject, relation, object, topic, valid_from) values ($1, $2, $3, 's', 'r', 'private', 't', now())`,
    [factId, projectId, entityId],
  );
  return { entityId, mailId, memoryId, documentId, factId };
}
