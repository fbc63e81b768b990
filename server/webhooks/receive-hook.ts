import type { Json } from '#nodes/core/json.ts';
import { readBody } from '#server/access/read-body.ts';
import { db } from '#server/db/client.ts';
import { scopeOf } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { sendEvent } from '#server/events/send-event.ts';
import { startRun } from '#server/runs/start-run.ts';
import { hashToken, sameHash } from './token.ts';

const longestBodyBytes = 1_000_000;
const tokenPattern = /^[\w-]{43}$/;
const longestKey = 100;
const longestName = 200;
const longestEventKey = 500;

/**
 * POST /api/hooks/<token>: starts the published version and answers 202 {runId}. JSON or text, 1 MB at most. The same
 * Idempotency-Key again starts nothing. With ?event=NAME&key=KEY it starts nothing but sends the body as that event to the
 * run of the project that waits for it, and answers 202 {delivered, repeated}.
 * Errors: NOT_FOUND, NOT_PUBLISHED, PIPELINE_DISABLED, PIPELINE_HELD, INPUT_INVALID, TOO_LARGE.
 */
export async function receiveHook(request: Request, token: string): Promise<Response> {
  const webhook = await webhookOf(token);
  const { pipeline } = webhook;
  const url = new URL(request.url);
  const key = request.headers.get('idempotency-key')?.slice(0, longestKey);
  const event = eventOf(url.searchParams);
  if (event) {
    if (!pipeline.enabled) throw new AppError('PIPELINE_DISABLED');
    const sent = await sendEvent(scopeOf(pipeline.projectId, 'webhook'), {
      ...event,
      data: await bodyOf(request),
      dedupeKey: key ? `hook:${webhook.id}:${key}` : null,
    });
    return Response.json(sent, { status: 202 });
  }
  if (pipeline.published === null) throw new AppError('NOT_PUBLISHED');
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

/** The event that an address names; null: it names none. Errors: INPUT_INVALID where it names half of one. */
function eventOf(params: URLSearchParams): { name: string; key: string } | null {
  const name = params.get('event')?.trim();
  if (name === undefined) return null;
  const key = params.get('key')?.trim();
  if (!name || !key || name.length > longestName || key.length > longestEventKey)
    throw new AppError('INPUT_INVALID', 'An event is named by both in the address: ?event=NAME&key=KEY.');
  return { name, key };
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
          pipeline: { select: { id: true, projectId: true, published: true, enabled: true } },
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
