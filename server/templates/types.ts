import type { CapabilityName } from '#nodes/core/capabilities.ts';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import type { Graph } from '#nodes/core/graph.ts';

export type TemplateRow = {
  name: string;
  title: string;
  description: string;
  /** What it needs that the operator sets up, in their words. */
  needs: string[];
  nodeTypes: string[];
};

export type TemplateRequires = {
  nodeTypes: { type: string; version: number }[];
  capabilities: CapabilityName[];
  /** Connections that the operator sets up: 'smtp', 'model'. */
  connections: string[];
};

/** A pipeline as a file: no secrets, no runs. */
export type TemplateDocument = {
  format: 'solograph/template';
  version: 1;
  title: string;
  description: string;
  graph: Graph;
  requires: TemplateRequires;
};

/** One thing that a pipeline would do: which node, and what in words. */
export type ReviewLine = { nodeId: string; title: string; type: string; text: string };

export type TemplateReview = {
  /** It can be imported: the document is readable and compiles without errors. */
  ok: boolean;
  title: string;
  description: string;
  programHash: string | null;
  diagnostics: Diagnostic[];
  reads: ReviewLine[];
  writes: ReviewLine[];
  sends: ReviewLine[];
  spends: { estimateMicros: number | null; text: string };
  requires: TemplateRequires;
};
