import type { Json } from '#nodes/core/json.ts';
import { readBody } from '#server/access/read-body.ts';
import { db } from '#server/db/client.ts';
import { scopeOf } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { startRun } from '#server/runs/start-run.ts';
import { hashToken, sameHash } from './token.ts';

const longestBodyBytes = 1_000_000;
const tokenPattern = /^[\w-]{43}$/;
const longestKey = 100;

/**
 * POST /api/hooks/<token>: starts the published version and answers 202 {runId}. JSON or text, 1 MB at most. The same
 * Idempotency-Key again starts nothing. Errors: NOT_FOUND, NOT_PUBLISHED, PIPELINE_DISABLED, INPUT_INVALID, TOO_LARGE.
 */
export async function receiveHook(request: Request, token: string): Promise<Response> {
  const webhook = await webhookOf(token);
  const { pipeline } = webhook;
  if (pipeline.published === null) throw new AppError('NOT_PUBLISHED');
  const url = new URL(request.url);
  const key = request.headers.get('idempotency-key')?.slice(0, longestKey);
  const { runId } = await startRun(scopeOf(pipeline.projectId, 'webhook'), {
    pipelineId: pipeline.id,
    source: 'published',
    trigger: webhook.nodeId,
    input: {
      body: await bodyOf(request),
      headers: Object.fromEntries(request.headers),
      query: Object.fromEntries(url.searchParams),
      receivedAt: Date.now(),
    },
    requestKey: key ? `hook:${webhook.id}:${key}` : null,
  });
  return Response.json({ runId }, { status: 202 });
}

async function webhookOf(token: string) {
  const tokenHash = hashToken(token);
  const webhook = tokenPattern.test(token)
    ? await db().webhook.findUnique({
        where: { tokenHash },
        select: {
          id: true,
          nodeId: true,
          tokenHash: true,
          pipeline: { select: { id: true, projectId: true, published: true } },
        },
      })
    : null;
  if (!webhook || !sameHash(webhook.tokenHash, tokenHash))
    throw new AppError('NOT_FOUND', 'There is nothing at this address.');
  return webhook;
}

async function bodyOf(request: Request): Promise<Json> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? 'text/plain';
  const json = type === 'application/json' || type.endsWith('+json');
  if (!json && !type.startsWith('text/'))
    throw new AppError('UNSUPPORTED_MEDIA', `Send JSON or text, not ${type.slice(0, 100)}.`);
  const bytes = await readBody(request, { bytes: longestBodyBytes, text: 'A webhook body may have 1 MB at most.' });
  const text = new TextDecoder().decode(bytes);
  if (!json) return text;
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new AppError('INPUT_INVALID', 'The body is said to be JSON and cannot be read as such.', { cause });
  }
}
