import type { Binding } from './graph.ts';

/** Every code of the compiler, with what it means and what to do. docs/diagnostics.md is generated from this table. */
export const diagnosticCodes = {
  DOCUMENT_INVALID: {
    severity: 'error',
    title: 'The document is not a graph',
    help: 'Correct the member at the address, or export the graph again.',
  },
  DOCUMENT_TOO_LARGE: {
    severity: 'error',
    title: 'The document is too large',
    help: 'Split the pipeline; the message names the limit.',
  },
  DOCUMENT_TOO_DEEP: {
    severity: 'error',
    title: 'Values are nested too deeply',
    help: 'Flatten the value at the address.',
  },
  DOCUMENT_NEWER: {
    severity: 'error',
    title: 'Written by newer software',
    help: 'Update Solograph, or export the graph from the older version.',
  },
  KEY_REFUSED: {
    severity: 'error',
    title: 'A member name is not allowed',
    help: 'Rename __proto__, constructor or prototype.',
  },
  DUPLICATE_ID: { severity: 'error', title: 'Two things have the same id', help: 'Give one of them another id.' },
  UNKNOWN_NODE_TYPE: {
    severity: 'error',
    title: 'Unknown node type',
    help: 'Choose a node from the library, or install what provides it.',
  },
  UNKNOWN_NODE_VERSION: {
    severity: 'error',
    title: 'Unknown version of a node type',
    help: 'Choose a version that this software has.',
  },
  CONFIG_INVALID: { severity: 'error', title: 'Configuration does not fit', help: 'Correct the field at the address.' },
  UNKNOWN_NODE: {
    severity: 'error',
    title: 'An edge names a node that is not there',
    help: 'Remove the edge or add the node.',
  },
  UNKNOWN_PORT: { severity: 'error', title: 'Unknown outcome or input', help: 'Use one of the names in the message.' },
  EDGE_INTO_TRIGGER: {
    severity: 'error',
    title: 'An edge leads into a trigger',
    help: 'Triggers start runs; connect to the node after it.',
  },
  NO_TRIGGER: { severity: 'error', title: 'Nothing starts this pipeline', help: 'Add a trigger.' },
  UNREACHABLE_NODE: {
    severity: 'error',
    title: 'No path from a trigger leads here',
    help: 'Connect the node or remove it.',
  },
  CYCLE_WITHOUT_LOOP: {
    severity: 'error',
    title: 'A cycle without a loop node',
    help: 'Remove one edge of the cycle; repeat with Repeat or For each.',
  },
  MAP_BODY_ESCAPES: {
    severity: 'error',
    title: 'A body node leads out of its For each or Repeat',
    help: 'Continue from the outcome `done` of the For each or Repeat instead.',
  },
  MAP_UNBOUNDED: { severity: 'error', title: 'A For each without a bound', help: 'Set the largest number of items.' },
  LOOP_UNBOUNDED: { severity: 'error', title: 'A Repeat without a bound', help: 'Set the largest number of passes.' },
  AGENT_WRITE_UNGATED: {
    severity: 'error',
    title: 'A model decides about an action that cannot be taken back',
    help: 'Put an approval or a policy before it, among the tools of the agent.',
  },
  SUBFLOW_UNKNOWN: {
    severity: 'error',
    title: 'The pipeline to run, or its version, is not here',
    help: 'Choose a pipeline and a version that exist.',
  },
  SUBFLOW_CHANGED: {
    severity: 'error',
    title: 'The pipeline to run is not as this node knows it',
    help: 'Choose it again, then correct what is bound to its inputs and reads its outputs.',
  },
  SUBFLOW_TOO_DEEP: {
    severity: 'error',
    title: 'Pipelines run pipelines too many levels down',
    help: 'Flatten one of them; the message names the limit.',
  },
  UNDO_MISPLACED: {
    severity: 'error',
    title: 'An `undo` that cannot be followed',
    help: 'Lead it from one node that writes to one action of its own, which nothing else leads to or follows.',
  },
  SETTING_INVALID: {
    severity: 'error',
    title: 'A setting names what does not exist',
    help: 'Correct the name at the address.',
  },
  JOIN_IMPOSSIBLE: {
    severity: 'error',
    title: 'A join that can never complete',
    help: 'Lower the number of branches it waits for, or connect branches that can run together.',
  },
  MISSING_BINDING: {
    severity: 'error',
    title: 'A required input has no value',
    help: 'Bind it to a value, a template or an expression.',
  },
  PROMPT_UNKNOWN: {
    severity: 'error',
    title: 'A prompt that is not there',
    help: 'Choose a prompt of the pipeline, or add it.',
  },
  EXPRESSION_SYNTAX: { severity: 'error', title: 'The expression cannot be read', help: 'Correct it at the column.' },
  EXPRESSION_TYPE: {
    severity: 'error',
    title: 'The expression does not fit its operands',
    help: 'Convert an operand, for example with string(x) or double(x).',
  },
  UNKNOWN_VARIABLE: {
    severity: 'error',
    title: 'Unknown variable or member',
    help: 'Use a name that is in scope here; the message lists them.',
  },
  READS_DISABLED: {
    severity: 'error',
    title: 'Refers to a disabled node',
    help: 'Enable it, read another node, or handle its absence: nodes.?x.?y.orValue(…).',
  },
  MAY_NOT_HAVE_RUN: {
    severity: 'error',
    title: 'Refers to a node that may not have run',
    help: 'Handle its absence: nodes.?x.?y.orValue(…) or has(nodes.x).',
  },
  TYPE_MISMATCH: {
    severity: 'error',
    title: 'The value has the wrong type',
    help: 'Bind a value of the expected type.',
  },
  UNTRUSTED_UNSAFE_WRITE: {
    severity: 'error',
    title: 'Untrusted text reaches an action that cannot be taken back',
    help: 'Put an approval, or a node that sanitises, between them.',
  },
  UNSAFE_WRITE_UNGATED: {
    severity: 'warning',
    title: 'Nothing guards an action that cannot be taken back',
    help: 'Put an approval or a policy before it.',
  },
  ERROR_NOT_HANDLED: {
    severity: 'warning',
    title: 'Failure of an action is not handled',
    help: 'Connect its `error` outcome; otherwise a failure stops the run or the item.',
  },
  LIMIT_NOT_HANDLED: {
    severity: 'warning',
    title: 'The bound of a Repeat leads nowhere',
    help: 'Connect its `limit` outcome; otherwise nothing follows when the bound is reached.',
  },
  CONNECTION_MISSING: {
    severity: 'warning',
    title: 'A connection is not set up',
    help: 'The message says what happens meanwhile and what to set.',
  },
  UNUSED_BINDING: { severity: 'warning', title: 'A binding without a port', help: 'Remove it.' },
  NODE_DISABLED: {
    severity: 'info',
    title: 'A node is disabled',
    help: 'Runs pass over it: they go on with what its main outcome leads to. Enable it to have it take part again.',
  },
  NODE_VERSION_OLD: {
    severity: 'info',
    title: 'A newer version of the node type exists',
    help: 'It runs as it did. Update it in the inspector: what changes is shown before.',
  },
} as const satisfies Record<string, { severity: Severity; title: string; help: string }>;

export type Severity = 'error' | 'warning' | 'info';
export type DiagnosticCode = keyof typeof diagnosticCodes;

/** A change to the graph document that mends a diagnostic; applied as one undoable edit. */
export type Fix =
  | { kind: 'bind'; nodeId: string; input: string; binding: Binding }
  | { kind: 'unbind'; nodeId: string; input: string }
  /** `field` is the path of a text within the configuration, as `config.rules[0].when`. */
  | { kind: 'set-config'; nodeId: string; field: string; value: string }
  | { kind: 'enable'; nodeId: string }
  | { kind: 'ask-on-failure'; nodeId: string }
  | { kind: 'set-outcome'; edgeId: string; outcome: string }
  /** Puts an approval before a node: what its inputs are bound to is shown to the operator, and taken from them. */
  | { kind: 'put-approval'; nodeId: string; fields: ApprovalField[] }
  | { kind: 'remove-edge'; edgeId: string }
  | { kind: 'remove-node'; nodeId: string };

/** An input of the guarded node as a field of its approval. */
export type ApprovalField = {
  input: string;
  /** The field's own name: an identifier that an approval does not use itself. */
  name: string;
  title: string;
  type: 'text' | 'multiline' | 'number' | 'boolean' | 'any';
};

/** One finding of the compiler: where, what, and what to do. `field` is a path such as `inputs.to` or `config.rules[0].when`. */
export type Diagnostic = {
  code: DiagnosticCode;
  severity: Severity;
  message: string;
  nodeId?: string;
  edgeId?: string;
  field?: string;
  /** Column range in the expression, 0-based. */
  range?: { start: number; end: number };
  fix?: { title: string; change: Fix };
};
