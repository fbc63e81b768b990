import type { TRPCClient } from '@trpc/client';
import { toFailure } from '#app/_api/failure.ts';
import type { AppRouter } from '#server/api/root.ts';
import type { SaveRequest, SaveResult, Theirs } from './save-state.ts';

type Client = TRPCClient<AppRouter>;
type Ids = { projectId: string; pipelineId: string };

/** An answer that has not come by then does not come: a server that was killed leaves requests open. */
const answerWithinMs = 20_000;

/** How a pipeline is saved on the server. A pipeline has one name: where the document's changed, the list's follows. */
export function saverOf(client: Client, ids: Ids, name: string): (request: SaveRequest) => Promise<SaveResult> {
  let known = name;
  return async ({ revision, graph, why }) => {
    const options = { signal: AbortSignal.timeout(answerWithinMs) };
    try {
      if (graph.name !== known) await client.pipelines.rename.mutate({ ...ids, name: graph.name }, options);
      known = graph.name;
      const saved = await client.pipelines.saveDraft.mutate({ ...ids, revision, graph, why }, options);
      return { kind: 'saved', revision: saved.revision };
    } catch (error) {
      return resultOf(error);
    }
  };
}

function resultOf(error: unknown): SaveResult {
  const { code, message, todo, details } = toFailure(error);
  switch (code) {
    case 'CONFLICT':
      return { kind: 'conflict', theirs: details as unknown as Theirs };
    case 'UNAUTHENTICATED':
      return { kind: 'signed-out' };
    case 'OFFLINE':
    case 'UNAVAILABLE':
    case 'RATE_LIMITED':
    case 'INTERNAL':
    case 'UNKNOWN':
      return { kind: 'offline' };
    default:
      return { kind: 'refused', message: `${message} ${todo}` };
  }
}

/** The draft as the server has it now; null where it cannot be asked: saving says that where it matters. */
export async function newestDraft(client: Client, ids: Ids): Promise<Theirs | null> {
  try {
    const { draft, draftRevision, updatedAt } = await client.pipelines.get.query(ids);
    return { revision: draftRevision, graph: draft, updatedAt };
  } catch (error) {
    console.info('The newest draft could not be asked for.', error);
    return null;
  }
}
