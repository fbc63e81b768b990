import type { ScopeValues } from '#nodes/core/bindings.ts';
import type { FieldScope, ReadingField } from '#nodes/core/compile/inspect.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { Type } from '#nodes/core/types.ts';
import type { Suggestions, Variables } from '../assist/complete.ts';
import type { Preview, PreviewRequest } from '../assist/preview.ts';
import type { SignatureHelp } from '../assist/signature.ts';

/** Values by a name of their own, so that large ones are handed over once. */
export type NamedValues = { id: string; values: ScopeValues | null };

/** What the fields ask while somebody types, answered beside the compiler: neither ever waits for the other. */
export type FieldLanguage = {
  /** What a field can read. */
  scope(graph: Graph, field: ReadingField): Promise<FieldScope>;
  /** What may be written at the end of an expression up to the cursor. */
  suggest(before: string, variables: Variables): Promise<Suggestions | null>;
  /** The call that the end of an expression stands in. */
  signature(before: string, variables: Variables): Promise<SignatureHelp | null>;
  /** What expressions give, each as far as it can be told. */
  types(exprs: readonly string[], variables: Variables): Promise<(Type | null)[]>;
  /** What a field gives over values. Null: values of this name have not been handed over. */
  preview(request: PreviewRequest, values: NamedValues): Promise<Preview | null>;
};

export type FieldQuestion = { id: number; method: keyof FieldLanguage; args: unknown[] };
export type FieldAnswer = { id: number; result: unknown } | { id: number; error: string };
