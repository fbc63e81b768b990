import { pool } from '#server/db/pool.ts';
import { type Scope, scopeOf } from '#server/db/scoped.ts';
import { watchRuns } from '#server/live/watch-runs.ts';
import { between, type Chaos, type Fault, pick } from '../chaos.ts';

/** Follows a run over streams that break off again and again. Answers what was missed. */
async function follow(scope: Scope, runId: string, { random, hit }: Chaos): Promise<string[]> {
  const seen: number[] = [];
  let cursor: string | null = null;
  let from = 0;
  for (let over = false; !over; ) {
    const cut = new AbortController();
    const late = setTimeout(() => cut.abort(), between(random, 30, 600));
    for await (const { id, message } of watchRuns(scope, { runId, lastEventId: cursor, signal: cut.signal })) {
      cursor = id;
      if (message.kind === 'snapshot') from = message.runs[0]?.seq ?? from;
      else if (message.kind === 'events') {
        seen.push(...message.events.map(({ seq }) => seq));
        over ||= message.events.some(({ kind }) => /^run\.(completed|failed|cancelled)$/.test(kind));
      }
      if (over) break;
    }
    clearTimeout(late);
    if (!over) hit();
    cut.abort();
  }
  const wrong = seen.find((seq, n) => seq !== from + n + 1);
  return wrong === undefined ? [] : [`run ${runId}: the live stream told event ${wrong} out of turn`];
}

const missed = new WeakMap<Chaos, Promise<string[]>[]>();

async function watchAll(chaos: Chaos): Promise<void> {
  const scope = scopeOf(chaos.rig.scope.projectId, 'chaos');
  const watched = new Set<string>();
  const streams: Promise<string[]>[] = [];
  missed.set(chaos, streams);
  do {
    for (const runId of chaos.runIds.filter((id) => !watched.has(id))) {
      watched.add(runId);
      streams.push(follow(scope, runId, chaos));
    }
    if (chaos.random() < 0.2)
      await pool().query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'solograph listens%'`,
      );
  } while (await chaos.pause(50));
}

/** Faults of what is outside of the engine: services, the index, who watches. */
export const outsideFaults: Fault[] = [
  {
    name: 'answer-lost',
    title: 'The service acts, but its answer is lost or late; workers are killed meanwhile',
    async harm({ rig, fleet, random, pause, hit }) {
      rig.ledger.behave(() => {
        const drop = random() < 0.25;
        if (drop) hit();
        return { delayMs: between(random, 0, 150), drop };
      });
      while (await pause(between(random, 800, 2_000))) {
        const victim = pick(random, fleet.alive());
        if (fleet.deaths.length < 5 && victim) fleet.kill(victim);
      }
    },
  },
  {
    name: 'retry-storm',
    title: 'A service that refuses most requests with status 500',
    pipelines: ['refused', 'passes', 'refused', 'meeting'],
    async harm({ rig, random, hit }) {
      rig.ledger.behave(({ method }) => {
        const refuse = method === 'PUT' && random() < 0.5;
        if (refuse) hit();
        return { status: refuse ? 500 : 200 };
      });
    },
  },
  {
    name: 'large-output',
    title: 'An answer of 10 MB',
    pipelines: ['large'],
    mostRuns: 4,
    async harm({ fleet, random, pause, hit }) {
      hit();
      if (!(await pause(between(random, 1_000, 2_000)))) return;
      const victim = pick(random, fleet.alive());
      if (victim) fleet.kill(victim);
    },
  },
  { name: 'odd-text', title: 'NUL and lone surrogates in what a step gives', pipelines: ['odd'] },
  { name: 'chroma-down', title: 'Chroma goes away in the middle', pipelines: ['records'], chroma: true },
  {
    name: 'stream-dropped',
    title: 'Live streams that break off and resume',
    harm: watchAll,
    verify: async (chaos) => (await Promise.all(missed.get(chaos) ?? [])).flat(),
  },
];
