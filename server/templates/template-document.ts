import { z } from 'zod';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import { graphSchema } from '#nodes/core/graph.ts';

const templateSchema = z.object({
  format: z.literal('solograph/template'),
  version: z.literal(1),
  title: z.string().min(1).max(200),
  description: z.string().max(10_000).default(''),
  /** Looked at by the compiler, which says more than a schema could. */
  graph: z.unknown(),
});

export type ReadTemplate =
  | { ok: true; title: string; description: string; graph: unknown }
  | { ok: false; diagnostics: Diagnostic[] };

/**
 * Reads a template file, or a bare graph document as one. Total: a stranger's file gives diagnostics, never a failure.
 * What the file says it requires is not believed; it follows from the graph.
 */
export function readTemplate(document: unknown): ReadTemplate {
  const bare = graphHead.safeParse(document);
  if (bare.success) return { ok: true, title: bare.data.name, description: bare.data.description, graph: document };
  const newer = z.object({ format: z.literal('solograph/template'), version: z.number().min(2) }).safeParse(document);
  if (newer.success)
    return refused({
      code: 'DOCUMENT_NEWER',
      field: 'version',
      message: `The template has version ${newer.data.version}; this software reads version 1. Update Solograph.`,
    });
  const parsed = templateSchema.safeParse(document);
  if (parsed.success) return { ok: true, ...parsed.data };
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  return refused({
    code: 'DOCUMENT_INVALID',
    ...(field ? { field } : {}),
    message: `This is not a Solograph template. ${field ? `${field}: ` : ''}${issue?.message ?? ''}`,
  });
}

const graphHead = graphSchema
  .pick({ name: true, description: true })
  .loose()
  .extend({
    format: z.literal('solograph/graph'),
  });

function refused(diagnostic: Omit<Diagnostic, 'severity'>): ReadTemplate {
  return { ok: false, diagnostics: [{ ...diagnostic, severity: 'error' }] };
}
