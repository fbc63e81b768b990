import { checkHealth } from '#server/boot/health.ts';
import { query } from '#server/db/pool.ts';
import { env } from '#server/env.ts';
import type { Command } from '../command.ts';
import { withProduct } from '../with-product.ts';

type Finding = { what: string; ok: boolean; detail: string };

/** `doctor`: what is configured, what is reachable, and what is stuck and why. Exit 1 where something is wrong. */
export const doctorCommand: Command = {
  options: {},
  run: (invocation) =>
    withProduct(invocation, { worker: true }, async ({ chromaUrl }) => {
      const findings = [...(await reachable(chromaUrl)), ...configured(), ...(await stuck()), ...(await money())];
      const ok = findings.every((finding) => finding.ok);
      const text = findings
        .map((finding) => `${finding.ok ? 'ok ' : 'BAD'} ${finding.what}: ${finding.detail}`)
        .join('\n');
      return { json: { ok, findings }, text, exitCode: ok ? 0 : 1 };
    }),
};

async function reachable(chromaUrl: string | null): Promise<Finding[]> {
  const { postgres, chroma, workers } = await checkHealth(chromaUrl === null ? {} : { chromaUrl });
  return [
    { what: 'postgres', ok: postgres.ok, detail: postgres.ok ? `version ${postgres.version}` : postgres.reason },
    { what: 'chroma', ok: chroma.ok, detail: chroma.ok ? `version ${chroma.version}` : chroma.reason },
    { what: 'workers', ok: workers.ok, detail: workers.reason ?? `${workers.count} alive` },
  ];
}

function configured(): Finding[] {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL, SMTP_URL, SOLOGRAPH_HOME } = env();
  const model =
    OPENAI_API_KEY || OPENAI_BASE_URL
      ? `${OPENAI_MODEL} at ${OPENAI_BASE_URL ?? 'OpenAI'}`
      : 'rehearsal, no language model (set OPENAI_API_KEY or OPENAI_BASE_URL)';
  return [
    { what: 'home', ok: true, detail: SOLOGRAPH_HOME },
    { what: 'model', ok: true, detail: model },
    { what: 'mail', ok: true, detail: SMTP_URL ? 'SMTP server is set' : 'kept in the Outbox, not sent (set SMTP_URL)' },
  ];
}

async function stuck(): Promise<Finding[]> {
  const broken = await query<{ run_id: string; state: string; path: string; why: string }>(
    'select run_id::text, state, path, why from sg_stuck limit 50',
  );
  const waiting = await query<{ kind: string; n: number }>(
    `select s.waiting->>'kind' as kind, count(*)::int as n from step s join run r on r.id = s.run_id where s.status = 'waiting' and s.waiting->>'kind' <> 'items' group by 1 order by 1`,
  );
  const failedJobs = await query<{ id: string; last_error: string }>(
    'select id::text, last_error from graphile_worker.jobs where attempts >= max_attempts limit 20',
  );
  return [
    ...broken.map(({ run_id, state, path, why }) => ({
      what: 'stuck step',
      ok: false,
      detail: `run ${run_id}, ${state} ${path}: ${why}`,
    })),
    ...(broken.length === 0 ? [{ what: 'stuck steps', ok: true, detail: 'none' }] : []),
    { what: 'waiting steps', ok: true, detail: waiting.map(({ kind, n }) => `${n} ${kind}`).join(', ') || 'none' },
    ...failedJobs.map(({ id, last_error }) => ({ what: 'job', ok: false, detail: `${id} gave up: ${last_error}` })),
  ];
}

async function money(): Promise<Finding[]> {
  const wrong = await query<{ id: string }>(
    `select r.id::text from run r left join lateral (select coalesce(sum(cost_micros), 0) as steps from step where run_id = r.id) s on true
       left join lateral (select coalesce(sum(cost_micros), 0) as calls from spend where run_id = r.id) c on true
      where r.spend_micros <> s.steps or r.spend_micros <> c.calls limit 20`,
  );
  const detail =
    wrong.length === 0
      ? 'every run is the sum of its steps and of its calls'
      : `runs ${wrong.map(({ id }) => id).join(', ')} do not add up`;
  return [{ what: 'spend', ok: wrong.length === 0, detail }];
}
