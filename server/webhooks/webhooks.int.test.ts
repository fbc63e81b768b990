import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { POST } from '#app/api/hooks/[token]/route.ts';
import type { Operator } from '#server/api/context.ts';
import { greeting, hooked } from '#server/api/testing/graphs.ts';
import { openWorld, type World } from '#server/api/testing/world.ts';
import { query } from '#server/db/pool.ts';

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
  pipelineId = (await api().pipelines.create({ projectId, name: 'Hooked', graph: hooked() })).id;
});
afterAll(async () => await world.close());

const api = () => world.as(operator);
const create = () => api().webhooks.create({ projectId, pipelineId, nodeId: 'hook' });
const publish = () => api().pipelines.publish({ projectId, pipelineId, revision: 1 });

async function send(url: string, body: string, headers: Record<string, string> = {}) {
  const token = url.split('/').at(-1)?.split('?')[0] ?? '';
  const request = new Request(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  const answer = await POST(request, { params: Promise.resolve({ token }) });
  return { status: answer.status, body: (await answer.json()) as { runId: string; code: string; message: string } };
}

describe('a webhook', () => {
  test('starts the published version with what it was sent, from anywhere', async () => {
    await publish();
    const { url } = await create();
    expect(url).toMatch(/^http:\/\/.+\/api\/hooks\/[\w-]{43}$/);
    const headers = { origin: 'https://shop.example', authorization: 'Bearer secret', 'x-kind': 'order' };
    const { status, body } = await send(`${url}?shop=7`, '{"email":"ann@example.test"}', headers);
    expect(status).toBe(202);
    const run = await api().runs.get({ projectId, runId: body.runId });
    expect(run).toMatchObject({
      mode: 'production',
      trigger: 'hook',
      input: { body: { email: 'ann@example.test' }, headers: { 'x-kind': 'order' }, query: { shop: '7' } },
    });
    expect(JSON.stringify(run.input)).not.toContain('secret');
  });

  test('takes text as well', async () => {
    await publish();
    const { url } = await create();
    const { body } = await send(url, 'just text', { 'content-type': 'text/plain; charset=utf-8' });
    expect((await api().runs.get({ projectId, runId: body.runId })).input).toMatchObject({ body: 'just text' });
  });

  test('repeated with the same key starts one run', async () => {
    await publish();
    const { url } = await create();
    const first = await send(url, '{}', { 'idempotency-key': 'k1' });
    expect(await send(url, '{}', { 'idempotency-key': 'k1' })).toEqual(first);
    expect((await send(url, '{}', { 'idempotency-key': 'k2' })).body.runId).not.toBe(first.body.runId);
  });

  test('starts nothing while nothing is published or the pipeline is disabled', async () => {
    const { url } = await create();
    expect(await send(url, '{}')).toMatchObject({ status: 409, body: { code: 'NOT_PUBLISHED' } });
    await publish();
    await api().pipelines.setEnabled({ projectId, pipelineId, enabled: false });
    expect(await send(url, '{}')).toMatchObject({ status: 409, body: { code: 'PIPELINE_DISABLED' } });
  });

  test('refuses what it cannot read', async () => {
    await publish();
    const { url } = await create();
    expect(await send(url, '{broken')).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
    expect(await send(url, 'x', { 'content-type': 'image/png' })).toMatchObject({ status: 415 });
    expect(await send(url, JSON.stringify('x'.repeat(1_000_001)))).toMatchObject({
      status: 413,
      body: { code: 'TOO_LARGE', message: 'A webhook body may have 1 MB at most.' },
    });
  });

  test('keeps no token: only its hash is stored, and a new one ends the old one', async () => {
    await publish();
    const first = await create();
    const second = await create();
    expect(second.id).toBe(first.id);
    expect((await send(first.url, '{}')).status).toBe(404);
    expect((await send(second.url, '{}')).status).toBe(202);
    const rows = await query<{ kept: string }>('select w::text as kept from webhook w where id = $1', [second.id]);
    expect(rows[0]?.kept).not.toContain(second.url.split('/').at(-1));
    expect(await api().webhooks.list({ projectId, pipelineId })).toEqual([
      { id: second.id, nodeId: 'hook', createdAt: expect.any(Number) },
    ]);
  });

  test('that is removed finds nothing', async () => {
    await publish();
    const { id, url } = await create();
    await api().webhooks.remove({ projectId, id });
    expect((await send(url, '{}')).status).toBe(404);
  });

  test('whose address names an event sends it and starts nothing; the same again is the same event', async () => {
    const { url } = await create();
    const key = { 'idempotency-key': 'payment-1' };
    const sent = await send(`${url}?event=paid&key=order-7`, '{"amount": 3}', key);
    expect(sent).toMatchObject({ status: 202, body: { delivered: false, repeated: false } });
    expect((await send(`${url}?event=paid&key=order-7`, '{"amount": 3}', key)).body).toMatchObject({ repeated: true });
    const events = await query('select name, key, data from inbox_event where project_id = $1', [projectId]);
    expect(events).toEqual([{ name: 'paid', key: 'order-7', data: { amount: 3 } }]);
    expect(await send(`${url}?event=paid`, '{}')).toMatchObject({
      status: 400,
      body: { message: 'An event is named by both in the address: ?event=NAME&key=KEY.' },
    });
    expect(await query('select from run where project_id = $1', [projectId])).toEqual([]);
  });

  test('needs a webhook trigger', async () => {
    const { id } = await api().pipelines.create({ projectId, name: 'Greeting', graph: greeting() });
    await expect(api().webhooks.create({ projectId, pipelineId: id, nodeId: 'start' })).rejects.toThrow(
      'nodeId: the draft has no webhook trigger "start"',
    );
  });
});
