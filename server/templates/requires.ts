import type { CapabilityName } from '#nodes/core/capabilities.ts';
import type { Graph } from '#nodes/core/graph.ts';
import { definitions } from '#nodes/index.gen.ts';
import type { TemplateRequires } from './types.ts';

const connectionOf: Partial<Record<CapabilityName, string>> = { mail: 'smtp', model: 'model' };

/** What an installation must have to run a graph: node types, capabilities, connections. Sorted, so that it is stable. */
export function requiresOf(graph: Graph): TemplateRequires {
  const types = new Map(graph.nodes.map(({ type, version }) => [`${type}@${version}`, { type, version }]));
  const capabilities = new Set(graph.nodes.flatMap(({ type }) => definitions.get(type)?.capabilities ?? []));
  return {
    nodeTypes: [...types.values()].sort((a, b) => (a.type < b.type ? -1 : 1)),
    capabilities: [...capabilities].sort(),
    connections: [...capabilities].flatMap((capability) => connectionOf[capability] ?? []).sort(),
  };
}

const needByConnection: Record<string, string> = {
  smtp: 'A mail server (SMTP_URL). Without it mail stays in the Outbox and is not sent.',
  model: 'A language model (OPENAI_API_KEY or OPENAI_BASE_URL). Without it the offline rehearsal answers.',
};

/** What the operator should set up, in their words. */
export function needsOf(requires: TemplateRequires): string[] {
  return requires.connections.flatMap((connection) => needByConnection[connection] ?? []);
}
