import { type Compiled, compile } from '#nodes/core/compile/compile.ts';
import { guard } from '#nodes/core/compile/guard.ts';
import type { PipelineSignatures } from '#nodes/core/compile/subflows.ts';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import type { Program } from '#nodes/core/program.ts';
import { definitions } from '#nodes/index.gen.ts';
import { storable } from '#server/engine/storable.ts';
import { env } from '#server/env.ts';
import { AppError } from '#server/errors.ts';

/**
 * Compiles a document with this installation's node types and connections. `pipelines`: those that its calls are checked
 * against; without them they are not.
 */
export function compileGraph(document: unknown, pipelines?: PipelineSignatures): Compiled {
  const { SMTP_URL, OPENAI_API_KEY, OPENAI_BASE_URL } = env();
  return compile(document, definitions, {
    connections: { smtp: SMTP_URL !== undefined, model: (OPENAI_API_KEY ?? OPENAI_BASE_URL) !== undefined },
    ...(pipelines ? { pipelines } : {}),
  });
}

/** Compiles or fails with COMPILE_FAILED, whose details list the diagnostics. */
export function compileOrFail(
  document: unknown,
  pipelines?: PipelineSignatures,
): { program: Program; graph: Graph; diagnostics: Diagnostic[] } {
  const { program, graph, diagnostics } = compileGraph(document, pipelines);
  if (program && graph) return { program, graph, diagnostics };
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new AppError('COMPILE_FAILED', `${errors[0]?.message ?? 'The pipeline has errors.'}${more}`, {
    details: { diagnostics: diagnostics as unknown as Json },
  });
}

/**
 * Reads a document as a graph that can be kept: well-formed and within the limits, errors of meaning allowed. Answers
 * it as Postgres holds it. Errors: INPUT_INVALID, with the diagnostics in its details.
 */
export function readGraph(document: unknown): Graph {
  const { graph, diagnostics } = guard(document);
  if (graph) return JSON.parse(storable(graph)) as Graph;
  const [first] = diagnostics;
  const where = first?.field ? `${first.field}: ` : '';
  throw new AppError('INPUT_INVALID', `The document is not a graph. ${where}${first?.message ?? ''}`, {
    details: { diagnostics: diagnostics as unknown as Json },
  });
}
