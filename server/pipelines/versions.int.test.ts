import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphInput } from '#nodes/core/graph.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { exportPipeline } from '#server/templates/export-pipeline.ts';
import { importTemplate } from '#server/templates/import-template.ts';
import { reviewTemplate } from '#server/templates/review-template.ts';
import { graph, node } from '#server/testing/graph.ts';
import { httpServer, type TestHttpServer } from '#server/testing/http-server.ts';
import { type TestProduct, testProduct } from '#server/testing/product.ts';
import { getPipeline } from './get-pipeline.ts';
import { getVersion } from './get-version.ts';
import { listVersions } from './list-versions.ts';
import { publishPipeline } from './publish-pipeline.ts';
import { saveDraft } from './save-draft.ts';

let product: TestProduct;
let outside: TestHttpServer;

beforeAll(async () => {
  outside = await httpServer(() => ({ status: 200, body: {} }));
  product = await testProduct({}, [outside.host]);
});
afterAll(async () => {
  await product.close();
  await outside.close();
});

/** A request as it was written when its headers were one object: version 1 of the node. */
const old = (name: string, version = 1): GraphInput =>
  graph(
    name,
    [
      {
        ...node(
          'call',
          'http.request',
          { method: 'PUT', headers: { 'x-shop': name } },
          { url: `"${outside.url}/${name}"` },
        ),
        version,
      },
      node('done', 'output', { fields: [{ name: 'ok', type: 'boolean' }] }, { ok: 'true' }),
    ],
    ['start.fired>call', 'call.ok>done'],
  );
const shopsAsked = (path: string) =>
  outside.calls.filter((call) => call.path === path).map(({ headers }) => headers['x-shop']);

describe('a node that is written for an older version of its type', () => {
  test('compiles and runs as it is, as a draft and published', async () => {
    const pipelineId = await product.pipeline(old('asis'));
    await product.until(await product.start(pipelineId, {}, 'draft'), 'completed');
    await product.until(await product.start(pipelineId), 'completed');
    expect(shopsAsked('/asis')).toEqual(['asis', 'asis']);
    const [call] = (await getVersion(product.scope, { pipelineId, number: 1 })).graph.nodes.filter(
      ({ id }) => id === 'call',
    );
    expect(call).toMatchObject({ version: 1, config: { headers: { 'x-shop': 'asis' } } });
  });

  test('runs as it did where earlier software compiled it', async () => {
    const pipelineId = await product.pipeline(old('compiled'));
    await asCompiledBefore(pipelineId, { version: 1, headers: { 'x-shop': 'compiled' } });
    await product.until(await product.start(pipelineId), 'completed');
    expect(shopsAsked('/compiled')).toEqual(['compiled']);
  });

  test('is let in from a file as it is; one of a version that is not known yet is refused by name', async () => {
    expect(await reviewTemplate(product.scope, old('file'))).toMatchObject({
      ok: true,
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'NODE_VERSION_OLD', nodeId: 'call' })]),
      sends: [{ nodeId: 'call' }],
    });
    const { pipelineId } = await importTemplate(product.scope, old('file'));
    expect((await getPipeline(product.scope, pipelineId)).draft.nodes.find(({ id }) => id === 'call')?.version).toBe(1);
    const later = await reviewTemplate(product.scope, old('later', 99));
    expect(later).toMatchObject({ ok: false });
    expect(later.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'UNKNOWN_NODE_VERSION', nodeId: 'call', message: expect.stringContaining('99') }),
    );
    await expect(importTemplate(product.scope, old('later', 99))).rejects.toMatchObject({ code: 'COMPILE_FAILED' });
  });
});

describe('the versions of a pipeline', () => {
  test('tell what they hold and how their runs went', async () => {
    const pipelineId = await product.pipeline(old('figures'));
    for (let run = 0; run < 2; run += 1) await product.until(await product.start(pipelineId), 'completed');
    await product.until(await product.start(pipelineId, {}, 'draft'), 'completed');
    await saveDraft(product.scope, { pipelineId, revision: 1, graph: { ...old('figures'), description: 'Second' } });
    await publishPipeline(product.scope, { pipelineId, revision: 2, note: 'Said what it does' });
    expect(await listVersions(product.scope, pipelineId)).toMatchObject([
      { number: 2, note: 'Said what it does', createdBy: 'operator', nodes: 3, runs: 0, succeeded: 0, spendMicros: 0 },
      { number: 1, note: '', nodes: 3, runs: 2, succeeded: 2 },
    ]);
  });

  test('are exported like the draft, and so are its kept states', async () => {
    const pipelineId = await product.pipeline(old('exported'));
    await saveDraft(product.scope, { pipelineId, revision: 1, graph: { ...old('exported'), description: 'Now' } });
    const [kept] = (
      await product.database.pool.query('select id from draft_save where pipeline_id = $1 order by revision', [
        pipelineId,
      ])
    ).rows;
    const said = async (of: { version?: number; saveId?: string }) =>
      (await exportPipeline(product.scope, { pipelineId, ...of })).document.description;
    expect([await said({}), await said({ version: 1 }), await said({ saveId: kept.id })]).toEqual(['Now', '', '']);
    expect((await exportPipeline(product.scope, { pipelineId, version: 1 })).fileName).toBe(
      'exported-v1.solograph.json',
    );
  });

  test('are exported without what stands in a row that is named like a secret', async () => {
    const rows = [
      { name: 'authorization', value: 'Bearer abc' },
      { name: 'accept', value: 'text/plain' },
    ];
    const document = old('secret', 2);
    document.nodes[1] = { ...document.nodes[1]!, config: { headers: rows } };
    const pipelineId = await product.pipeline(old('secret'));
    await saveDraft(product.scope, { pipelineId, revision: 1, graph: document });
    const exported = await exportPipeline(product.scope, { pipelineId });
    expect(exported.emptied).toEqual(['call.config.headers[0].value']);
    expect(JSON.stringify(exported.document)).not.toContain('Bearer');
  });
});

/** Puts the state `call` of the published program back to how the software before wrote it. */
async function asCompiledBefore(pipelineId: string, { version, headers }: { version: number; headers: JsonObject }) {
  const { rowCount } = await product.database.pool.query(
    `update program set ir = jsonb_set(jsonb_set(ir, '{states,call,version}', $2), '{states,call,config,headers}', $3)
      where hash = (select program_hash from pipeline_version where pipeline_id = $1)`,
    [pipelineId, JSON.stringify(version), JSON.stringify(headers)],
  );
  expect(rowCount).toBe(1);
}
