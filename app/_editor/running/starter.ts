import type { Json } from '#nodes/core/json.ts';
import type { Start } from './start-form.tsx';
import type { Starter } from './use-start.ts';

/** How a run of this kind is asked for. */
export function starterOf(start: Start, trigger: string, input: Json): Starter {
  switch (start.kind) {
    case 'whole':
      return (client, ids) => client.runs.start.mutate({ ...ids, source: start.source, trigger, input });
    case 'until':
      return (client, ids) => client.runs.startUntil.mutate({ ...ids, nodeId: start.nodeId, trigger, input });
  }
}
