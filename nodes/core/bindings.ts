import { checkIn } from './cel/check.ts';
import type { Scope } from './cel/kinds.ts';
import { closest } from './cel/suggest.ts';
import { NodeError, toNodeError } from './errors.ts';
import { type ExpressionProblem, evaluate } from './expressions.ts';
import type { Binding, Prompt, ResolvedBinding } from './graph.ts';
import type { Json, JsonObject } from './json.ts';
import type { State } from './program.ts';
import { variableType } from './prompts.ts';
import { checkTemplate, renderTemplate } from './templates.ts';
import { assignable, checkValue, describeType, type Type, typeOfValue } from './types.ts';

/**
 * The values that bindings read: `run`, the outputs of nodes by id (a node that has not run is left out; within the
 * body of a map, `nodes.<map>` is `{item, index}`), and the innermost item and its index.
 */
export type ScopeValues = {
  run: { id: string; input: JsonObject; startedAt: string; spendMicros?: number };
  nodes: Record<string, Json>;
  item?: Json;
  index?: number;
};

type NoPlace = { range?: undefined; absent?: undefined; instead?: undefined };
/** `variable`: the problem is of the value that is given for a variable of a prompt. */
export type BindingProblem =
  | ({ ok: false; variable?: string } & ExpressionProblem)
  | ({
      ok: false;
      code: 'TYPE_MISMATCH' | 'PROMPT_UNKNOWN' | 'MISSING_BINDING';
      message: string;
      variable?: string;
    } & NoPlace);
export type CheckedBinding = { ok: true; type: Type; reads: string[][] } | BindingProblem;

/**
 * Checks what is bound to an input against what may be bound to it. `reads` are paths such as `['nodes', 'draft']`;
 * `prompts` those of the graph, by id. Whether the text of a prompt fits its variables is checked of the prompt itself.
 */
export function checkBinding(
  binding: Binding,
  scope: Scope,
  { expected, prompts }: { expected: Type; prompts: ReadonlyMap<string, Prompt> },
): CheckedBinding {
  switch (binding.kind) {
    case 'value': {
      const problem = checkValue(expected, binding.value);
      if (problem) return mismatch({ ...problem, at: problem.path });
      return { ok: true, type: typeOfValue(binding.value), reads: [] };
    }
    case 'expr': {
      const checked = checkIn(binding.expr, scope);
      if (!checked.ok) return checked;
      const problem = assignable(checked.type, expected);
      return problem ? mismatch(problem) : checked;
    }
    case 'template': {
      const checked = checkTemplate(binding.template, (expr) => checkIn(expr, scope));
      if (!checked.ok) return checked;
      return textFrom('a template', expected, checked.reads);
    }
    case 'prompt': {
      const prompt = prompts.get(binding.prompt);
      if (!prompt) return unknownPrompt(binding.prompt, [...prompts.keys()]);
      const checked = checkValues(prompt, binding.values, scope);
      return checked.ok ? textFrom('a prompt', expected, checked.reads) : checked;
    }
  }
}

function textFrom(source: string, expected: Type, reads: string[][]): CheckedBinding {
  const type: Type = { type: 'string' };
  if (assignable(type, expected))
    return mismatch({ expected: describeType(expected), got: `text from ${source}`, at: '' });
  return { ok: true, type, reads };
}

function unknownPrompt(id: string, known: readonly string[]): BindingProblem {
  const near = closest(id, known);
  const hint = near === null ? 'Choose one, or add it to the pipeline.' : `Did you mean "${near}"?`;
  return { ok: false, code: 'PROMPT_UNKNOWN', message: `There is no prompt "${id}". ${hint}` };
}

/** What is given for the variables of a prompt, each against its type. */
function checkValues(
  { title, variables }: Prompt,
  values: Readonly<Record<string, string>>,
  scope: Scope,
): { ok: true; reads: string[][] } | BindingProblem {
  const reads = new Map<string, string[]>();
  for (const variable of variables) {
    const { name } = variable;
    const expr = Object.hasOwn(values, name) ? (values[name] as string) : '';
    if (expr.trim() === '') {
      const message = `The prompt "${title}" needs a value for "${name}".`;
      return { ok: false, code: 'MISSING_BINDING', message, variable: name };
    }
    const checked = checkIn(expr, scope);
    if (!checked.ok) return { ...checked, variable: name };
    const problem = assignable(checked.type, variableType(variable));
    if (problem) return { ...mismatch(problem), variable: name };
    for (const path of checked.reads) reads.set(path.join('\n'), path);
  }
  return { ok: true, reads: [...reads.values()] };
}

function mismatch({ expected, got, at }: { expected: string; got: string; at: string }): BindingProblem {
  const where = at === '' ? '' : ` at ${at}`;
  return { ok: false, code: 'TYPE_MISMATCH', message: `Expected ${expected}${where}, got ${got}.` };
}

/** Evaluates one binding. Errors: EXPRESSION_FAILED. */
export function evaluateBinding(binding: ResolvedBinding, scope: ScopeValues): Json {
  return evaluateIn(binding, valuesOf(scope));
}

/**
 * Evaluates all inputs of a state and checks them against their types. Nothing is converted on the way.
 * Errors: EXPRESSION_FAILED and INPUT_INVALID, naming the input.
 */
export function evaluateInputs(state: Pick<State, 'inputs' | 'inputTypes'>, scope: ScopeValues): JsonObject {
  const values = valuesOf(scope);
  const inputs: JsonObject = {};
  for (const [name, binding] of Object.entries(state.inputs)) {
    const value = named(name, () => evaluateIn(binding, values));
    const type = state.inputTypes[name];
    const problem = type ? checkValue(type, value) : null;
    if (problem)
      throw new NodeError(
        'INPUT_INVALID',
        `The input "${name}"${problem.path === '' ? '' : ` at ${problem.path}`} must be ${problem.expected}; it is ${problem.got}.`,
        { details: { input: name, path: problem.path }, happened: 'no' },
      );
    inputs[name] = value;
  }
  return inputs;
}

function named(input: string, evaluateOne: () => Json): Json {
  try {
    return evaluateOne();
  } catch (error) {
    const { code, message, details } = toNodeError(error);
    throw new NodeError(code, `The input "${input}" has no value. ${message}`, {
      cause: error,
      happened: 'no',
      ...(details === undefined ? {} : { details }),
    });
  }
}

function evaluateIn(binding: ResolvedBinding, values: { [name: string]: Json }): Json {
  switch (binding.kind) {
    case 'value':
      return binding.value;
    case 'expr':
      return evaluate(binding.expr, values);
    case 'template':
      return renderTemplate(binding.template, values);
  }
}

function valuesOf({ run, nodes, item, index }: ScopeValues): { [name: string]: Json } {
  return {
    run: { spendMicros: 0, ...run },
    nodes,
    ...(item === undefined ? {} : { item }),
    ...(index === undefined ? {} : { index }),
  };
}
