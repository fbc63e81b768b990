import type { NodeDefinitions } from '../define-node.ts';
import { type Diagnostic, diagnosticCodes, type Severity } from '../diagnostics.ts';
import { defaultSettings, type Graph } from '../graph.ts';
import type { Program } from '../program.ts';
import { advise, type Connections } from './advice.ts';
import { checkBindings } from './bindings.ts';
import { checkBounds } from './bounds.ts';
import { connect } from './connect.ts';
import { emit } from './emit.ts';
import { buildFlow } from './flow.ts';
import { guarantees as guaranteesOf } from './guarantees.ts';
import { guard } from './guard.ts';
import { impossibleJoins } from './joins.ts';
import { resolve } from './resolve.ts';
import { checkSettings } from './settings.ts';
import { structure as structureOf } from './structure.ts';
import { checkCalls, type PipelineSignatures } from './subflows.ts';
import { checkTrust } from './trust.ts';
import { type Coverage, coverageOf } from './undo.ts';

export type Compiled = {
  /** Null where a diagnostic is an error. */
  program: Program | null;
  /** The document as it was read, null where it could not be. */
  graph: Graph | null;
  diagnostics: Diagnostic[];
  /** Of each node that writes: whether and how its effect can be undone. */
  coverage: Coverage[];
};

export type CompileOptions = {
  connections?: Connections;
  /** What is known of other pipelines; absent: calls of them are not checked. */
  pipelines?: PipelineSignatures;
};

/**
 * Compiles a graph document to a program. Pure and total: the same in the browser and on the server, and whatever the
 * document is, it answers diagnostics instead of failing. The program is there exactly where no diagnostic is an error.
 */
export function compile(document: unknown, definitions: NodeDefinitions, options: CompileOptions = {}): Compiled {
  const { graph, diagnostics: shape } = guard(document);
  if (!graph) return { program: null, graph: null, diagnostics: shape, coverage: [] };
  const resolved = resolve(graph, definitions);
  const connected = connect(graph, resolved.nodes);
  const flow = buildFlow(resolved.nodes, connected.edges, connected.undo);
  const structure = structureOf(flow);
  const guarantees = guaranteesOf(flow, structure);
  const bound = checkBindings(flow, structure, guarantees);
  const complete = resolved.nodes.length === graph.nodes.length;
  const diagnostics = [
    ...shape,
    ...resolved.diagnostics,
    ...connected.diagnostics,
    // What hangs on a node that could not be read is not that node's neighbours' fault.
    ...structure.diagnostics.filter(({ code }) => complete || (code !== 'UNREACHABLE_NODE' && code !== 'NO_TRIGGER')),
    ...checkBounds(flow),
    ...checkSettings(graph),
    ...(options.pipelines ? checkCalls(flow, options.pipelines) : []),
    ...impossibleJoins(flow, structure, guarantees),
    ...bound.diagnostics,
    ...checkTrust(flow, structure, guarantees, bound.bindings),
    ...advise(flow, options.connections ?? {}),
  ].sort(byImportance);
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return {
    program: failed
      ? null
      : emit({ flow, structure, bindings: bound.bindings, settings: graph.settings ?? defaultSettings }),
    graph,
    diagnostics,
    coverage: coverageOf(flow),
  };
}

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
const codeOrder = new Map(Object.keys(diagnosticCodes).map((code, index) => [code, index]));

/** Errors first, then in the order of the table, then by address: the same graph gives the same list. */
function byImportance(a: Diagnostic, b: Diagnostic): number {
  return (
    rank[a.severity] - rank[b.severity] ||
    codeOrder.get(a.code)! - codeOrder.get(b.code)! ||
    (addressKey(a) < addressKey(b) ? -1 : 1)
  );
}

function addressKey({ nodeId = '', edgeId = '', field = '', message }: Diagnostic): string {
  return [nodeId, edgeId, field, message].join('\u0001');
}
