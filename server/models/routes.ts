import { createHash } from 'node:crypto';
import type { ModelRequest } from '#nodes/core/capabilities.ts';
import { type NodeError, type NodeErrorCode, toNodeError } from '#nodes/core/errors.ts';
import { canonicalJson } from '#nodes/core/json.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';
import type { Chosen, ModelSource } from './model-source.ts';
import type { CallKey } from './spend.ts';
import type { TaskClassSettings } from './task-class.ts';

/** One way to an answer: who is asked what. The key of the call is the same for all ways, the hash is not. */
export type Route = Chosen & { named: string; request: ModelRequest; call: CallKey };

/** The ways to an answer in the order in which they are tried: the model of the node, class or project, then the fallbacks. */
export async function routesOf(
  source: ModelSource,
  { projectId, settings }: Pick<StepScope, 'projectId' | 'settings'>,
  { request, key }: { request: ModelRequest; key: string },
): Promise<{ routes: Route[]; how: TaskClassSettings }> {
  const how = await source.classOf(projectId, request.taskClass ?? 'standard');
  const asked = withClass(request, how);
  const names = [request.model || how.model || settings.model, ...how.fallbacks];
  const routes: Route[] = [];
  for (const name of names) {
    const chosen = await source.choose(projectId, name, 'text');
    if (routes.some(({ quota }) => quota.bucket === chosen.quota.bucket)) continue;
    routes.push({ ...chosen, named: name, request: asked, call: { key, hash: hashOf(asked, chosen.model) } });
  }
  return { routes, how };
}

function withClass(request: ModelRequest, { temperature, maxOutputTokens }: TaskClassSettings): ModelRequest {
  const longest = Math.min(request.maxOutputTokens ?? Infinity, maxOutputTokens ?? Infinity);
  return {
    ...request,
    ...(request.temperature === undefined && temperature !== null ? { temperature } : {}),
    ...(Number.isFinite(longest) ? { maxOutputTokens: longest } : {}),
  };
}

function hashOf({ messages, temperature, maxOutputTokens, schema, tools }: ModelRequest, model: string): string {
  const asked = canonicalJson({ messages, model, temperature, maxOutputTokens, schema, tools });
  return createHash('sha256').update(asked).digest('hex');
}

/** With these another model may do better; any other failure would be the same there, or has been paid for. */
const elsewhere: ReadonlySet<NodeErrorCode> = new Set([
  'MODEL_UNAVAILABLE',
  'MODEL_TIMEOUT',
  'MODEL_RATE_LIMITED',
  'MODEL_QUOTA',
  'MODEL_REJECTED',
  'NOT_CONFIGURED',
]);

/**
 * Tries one way after the other until one answers. Errors: where all fail, that of the first; where one only has to be
 * waited for, the shortest such wait.
 */
export async function firstThatAnswers<T>(
  routes: readonly Route[],
  ask: (route: Route) => Promise<T>,
  tellFallback: (failed: Route, error: NodeError) => void,
): Promise<T> {
  const errors: NodeError[] = [];
  for (const [n, route] of routes.entries()) {
    try {
      return await ask(route);
    } catch (thrown) {
      const error = toNodeError(thrown);
      if (!elsewhere.has(error.code)) throw thrown;
      errors.push(error);
      if (n < routes.length - 1) tellFallback(route, error);
    }
  }
  const waits = errors.filter(({ retryAfterMs }) => retryAfterMs !== undefined);
  throw waits.sort((a, b) => (a.retryAfterMs ?? 0) - (b.retryAfterMs ?? 0))[0] ?? errors[0];
}
