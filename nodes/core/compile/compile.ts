import type { NodeDefinitions } from '../define-node.ts';
import { type Diagnostic, diagnosticCodes, type Severity } from '../diagnostics.ts';
import { defaultSettings, type Graph } from '../graph.ts';
import type { Program } from '../program.ts';
import { advise, type Connections } from './advice.ts';
import { checkBindings } from './bindings.ts';
import { checkBounds } from './bounds.ts';
import type { CompileCache } from './cache.ts';
import { emit } from './emit.ts';
import { guarantees as guaranteesOf } from './guarantees.ts';
import { guard } from './guard.ts';
import { impossibleJoins } from './joins.ts';
import { checkPrompts } from './prompts.ts';
import { readFlow } from './read.ts';
import { checkSettings } from './settings.ts';
import { structure as structureOf } from './structure.ts';
import { checkCalls, type PipelineSignatures } from './subflows.ts';
import { checkTrust, type TrustFacts } from './trust.ts';
import { type TrustView, trustView } from './trust-view.ts';
import { type Coverage, coverageOf } from './undo.ts';
import { viewsOf } from './view.ts';

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
  /** What earlier compilations with the same definitions found; the answer is the same with it and without. */
  cache?: CompileCache;
};

/** A compilation up to, but without, the program. */
export type Checked = Omit<Compiled, 'program'> & {
  /** Null where the document could not be read. `program`: null where a diagnostic is an error. */
  rest: { trust: () => TrustView; program: () => Program } | null;
};

/**
 * Compiles a graph document to a program. Pure and total: the same in the browser and on the server, and whatever the
 * document is, it answers diagnostics instead of failing. The program is there exactly where no diagnostic is an error.
 */
export function compile(document: unknown, definitions: NodeDefinitions, options: CompileOptions = {}): Compiled {
  const { rest, ...found } = check(document, definitions, options);
  return { program: rest && isRunnable(found.diagnostics) ? rest.program() : null, ...found };
}

/** Whether diagnostics leave a program. */
export function isRunnable(diagnostics: readonly Diagnostic[]): boolean {
  return !diagnostics.some(({ severity }) => severity === 'error');
}

/** Finds all that compiling finds, and writes no program: writing it takes as long again. Pure and total as `compile`. */
export function check(document: unknown, definitions: NodeDefinitions, options: CompileOptions = {}): Checked {
  const { graph, diagnostics: shape } = guard(document, options.cache);
  if (!graph) return { graph: null, diagnostics: shape, coverage: [], rest: null };
  const { flow, complete, diagnostics: read } = readFlow(graph, definitions, options.cache);
  const structure = structureOf(flow);
  const guarantees = guaranteesOf(flow, structure);
  const views = viewsOf(flow, structure, guarantees);
  const { bindings, diagnostics: bound } = checkBindings(flow, structure, views);
  const facts: TrustFacts = { flow, structure, views, bindings };
  const settings = graph.settings ?? defaultSettings;
  const diagnostics = [
    ...shape,
    ...read,
    // What hangs on a node that could not be read is not that node's neighbours' fault.
    ...structure.diagnostics.filter(({ code }) => complete || (code !== 'UNREACHABLE_NODE' && code !== 'NO_TRIGGER')),
    ...checkBounds(flow),
    ...checkPrompts(graph),
    ...checkSettings(graph),
    ...(options.pipelines ? checkCalls(flow, options.pipelines) : []),
    ...impossibleJoins(flow, structure, guarantees),
    ...bound,
    ...checkTrust(facts),
    ...advise(flow, options.connections ?? {}, settings),
  ].sort(byImportance);
  return {
    graph,
    diagnostics,
    coverage: coverageOf(flow),
    rest: { trust: () => trustView(facts), program: () => emit({ flow, structure, bindings, settings }) },
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
