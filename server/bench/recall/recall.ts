import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseEnv } from '#server/env.ts';
import { recall as ask, type Question } from '#server/memory/recall.ts';
import { type Bench, quantile } from '../bench.ts';
import { type Judged, readCranfield } from './collection.ts';
import { textsLike } from './corpus.ts';
import { ingest, openRecallRig, type RecallRig } from './rig.ts';
import { type Scores, scoresOf } from './score.ts';

type Row = { what: string; figure: number; target: string; met: boolean };
type Latency = { chunks: number; p50Ms: number; p95Ms: number };
type Measured = Record<'fullText' | 'vector' | 'fused', Scores> & { ingestPerSec: number; query: Latency[] };

const sizes = [10_000, 100_000];
const fusedAtLeast = 0.36;
const ingestAtLeast = 200;
const p95AtMostMs = 40;
const warmUp = 25;
/** Where the collection is; it is not part of the product. Beside the checkout, where the variable names no other folder. */
const folderVariable = 'CRANFIELD_DIR';
const besideCheckout = path.join('..', 'shared', 'data', 'cranfield');

/** How well and how fast memory finds, on the Cranfield collection: see docs/recall.md. */
export const recall: Bench = async (say) => {
  const judged = await readCranfield(folderOf(process.env));
  const rig = await openRecallRig();
  try {
    const found = await quality(rig, judged, say);
    const query: Latency[] = [];
    for (const chunks of sizes) query.push(await latency(rig, judged, { chunks, say }));
    const measured = { ...found, query };
    const targets = targetsOf(measured);
    const met = targets.every((row) => row.met);
    const json = { ...measured, targets, met, machine: { cores: os.cpus().length, cpu: os.cpus()[0]?.model ?? '' } };
    return { json, text: textOf(measured, targets), met };
  } finally {
    await rig.close();
  }
};

function folderOf(env: NodeJS.ProcessEnv): string {
  const root = parseEnv(env).SOLOGRAPH_ROOT;
  const folder = env[folderVariable] ?? path.join(root, besideCheckout);
  if (fs.existsSync(path.join(folder, 'cran.all.1400'))) return folder;
  throw new Error(
    `bench recall needs the Cranfield collection: put it at ${besideCheckout} beside the checkout, or set ${folderVariable} to the folder that holds cran.all.1400, cran.qry and QRelsCorrectedforTRECeval. It is not in "${folder}".`,
  );
}

async function quality(rig: RecallRig, judged: Judged, say: (line: string) => void): Promise<Omit<Measured, 'query'>> {
  const texts = judged.documents.map(({ text }) => text);
  const projectId = await rig.project('Cranfield');
  const begun = performance.now();
  const ids = await ingest(rig, projectId, texts);
  const ingestPerSec = Math.round((ids.length * 1_000) / (performance.now() - begun));
  say(`${ids.length} documents, ${ingestPerSec} a second`);
  const documentOf = new Map(ids.map((id, at) => [id, judged.documents[at]?.id ?? 0]));
  const scores = async (only?: Question['only']): Promise<Scores> => {
    const rankings = new Map<number, number[]>();
    for (const { id, text } of judged.questions) {
      const { hits } = await ask(rig.pool, rig.index, { projectId, text, limit: 10, ...(only ? { only } : {}) });
      rankings.set(
        id,
        hits.map(({ itemId }) => documentOf.get(itemId) ?? 0),
      );
    }
    const found = scoresOf(rankings, judged.gains);
    say(`${only ?? 'fused'}: ${JSON.stringify(found)}`);
    return found;
  };
  return { fullText: await scores('text'), vector: await scores('vectors'), fused: await scores(), ingestPerSec };
}

type Size = { chunks: number; say: (line: string) => void };

async function latency(rig: RecallRig, judged: Judged, { chunks, say }: Size): Promise<Latency> {
  const projectId = await rig.project(`${chunks} passages`);
  const texts = textsLike(
    judged.documents.map(({ text }) => text),
    chunks,
  );
  const begun = performance.now();
  await ingest(rig, projectId, texts);
  say(`${chunks} passages stored and indexed in ${Math.round((performance.now() - begun) / 1_000)} s`);
  // What a server at rest has done by itself.
  await rig.pool.query('vacuum analyze memory_chunk');
  await rig.pool.query('vacuum analyze memory_item');
  await rig.pool.query('checkpoint');
  const ms: number[] = [];
  for (const [at, { text }] of [...judged.questions.slice(0, warmUp), ...judged.questions].entries()) {
    const asked = performance.now();
    const { vectors } = await ask(rig.pool, rig.index, { projectId, text, limit: 10 });
    if (!vectors) throw new Error('Chroma did not answer in time; what was measured would be full text alone.');
    if (at >= warmUp) ms.push(performance.now() - asked);
  }
  const found = { chunks, p50Ms: rounded(quantile(ms, 0.5)), p95Ms: rounded(quantile(ms, 0.95)) };
  say(JSON.stringify(found));
  return found;
}

function targetsOf({ fullText, vector, fused, ingestPerSec, query }: Measured): Row[] {
  const parts = Math.max(fullText['ndcg@10'], vector['ndcg@10']);
  const figure = fused['ndcg@10'];
  const p95Ms = query.at(-1)?.p95Ms ?? Number.NaN;
  return [
    { what: 'fused nDCG@10', figure, target: `≥ ${fusedAtLeast}`, met: figure >= fusedAtLeast },
    { what: 'fused nDCG@10', figure, target: `above each part alone (${parts})`, met: figure > parts },
    {
      what: 'documents a second',
      figure: ingestPerSec,
      target: `≥ ${ingestAtLeast}`,
      met: ingestPerSec >= ingestAtLeast,
    },
    {
      what: `p95 ms at ${sizes.at(-1)} passages`,
      figure: p95Ms,
      target: `≤ ${p95AtMostMs}`,
      met: p95Ms <= p95AtMostMs,
    },
  ];
}

const rounded = (value: number): number => Number(value.toFixed(1));

function textOf({ fullText, vector, fused, query }: Measured, targets: Row[]): string {
  const scores = Object.entries({ fullText, vector, fused }).map(
    ([name, found]) => `  ${name}: nDCG@10 ${found['ndcg@10']}, recall@10 ${found['recall@10']}`,
  );
  const speeds = query.map(({ chunks, p50Ms, p95Ms }) => `  ${chunks} passages: p50 ${p50Ms} ms, p95 ${p95Ms} ms`);
  const lines = targets.map(
    ({ what, figure, target, met }) => `${met ? '✓' : '✗'} ${what}: ${figure}, target ${target}`,
  );
  return ['Cranfield', ...scores, 'Query', ...speeds, ...lines].join('\n');
}
