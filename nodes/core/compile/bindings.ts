import { type BindingProblem, type CheckedBinding, checkBinding } from '../bindings.ts';
import { checkIn } from '../cel/check.ts';
import type { Scope } from '../cel/kinds.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { Binding } from '../graph.ts';
import type { CompiledBinding } from '../program.ts';
import { fillPrompt } from '../prompts.ts';
import { describeType, type Type } from '../types.ts';
import { type Flow, isAtEnd } from './flow.ts';
import { mend } from './mend.ts';
import { type Absent, enabling } from './pass-over.ts';
import { checkPorts } from './ports.ts';
import { promptIdentity } from './prompts.ts';
import { type Scopes, scopesOf } from './scope.ts';
import type { Structure } from './structure.ts';
import type { Views } from './view.ts';

export type BoundGraph = {
  diagnostics: Diagnostic[];
  /** By node: input → binding. Those taken at the end of an iteration are among them. */
  bindings: Record<string, CompiledBinding>[];
};

type Pass = {
  flow: Flow;
  structure: Structure;
  views: Views;
  scopes: Scopes;
  diagnostics: Diagnostic[];
  /** How many fixes may still be looked for: beyond so many, mending one by one is not what the operator will do. */
  fixes: number;
};

/** Checks what is bound to the inputs of all nodes, and the expressions in their configurations. */
export function checkBindings(flow: Flow, structure: Structure, views: Views): BoundGraph {
  const pass: Pass = { flow, structure, views, scopes: scopesOf(flow, structure, views), diagnostics: [], fixes: 50 };
  const ordered = new Set([...structure.order, ...structure.aside]);
  const bindings = flow.nodes.map((_, n) => {
    // What no trigger reaches has nothing in scope; that is said once, of the node.
    return ordered.has(n) ? boundInputs(pass, n) : {};
  });
  return { diagnostics: [...checkPorts(flow, ordered, pass.scopes), ...pass.diagnostics], bindings };
}

function boundInputs(pass: Pass, n: number): Record<string, CompiledBinding> {
  const { node, inputs } = pass.flow.nodes[n]!;
  const bound: Record<string, CompiledBinding> = {};
  for (const name of Object.keys(inputs)) {
    const checked = pass.scopes.binding(n, name);
    const binding = node.inputs[name];
    if (!checked || !binding) continue;
    if (checked.ok) bound[name] = compiledBinding(binding, readsOf(pass, n, name, checked.reads), pass.flow);
    else if (!(binding.kind === 'value' && binding.value === null))
      pass.diagnostics.push({
        ...problemOf(pass, n, fieldOf(name, checked), checked),
        ...inputFix(pass, { n, name, problem: checked }),
      });
  }
  checkExpressions(pass, n);
  return bound;
}

function fieldOf(input: string, { variable }: BindingProblem): string {
  return variable === undefined ? `inputs.${input}` : `inputs.${input}.values.${variable}`;
}

/** A program knows no prompts: what they say is in it, with the name and the hash of what it was made of. */
function compiledBinding(binding: Binding, reads: string[], { prompts }: Flow): CompiledBinding {
  if (binding.kind !== 'prompt') return { ...binding, reads };
  const prompt = prompts.get(binding.prompt)!;
  return { kind: 'template', template: fillPrompt(prompt, binding.values), reads, prompt: promptIdentity(prompt) };
}

/** Ids of the nodes that paths lead to. Reading `run.input` reads the triggers, reading `item` the map around. */
function readsOf({ flow, views, diagnostics }: Pass, n: number, input: string, reads: string[][]): string[] {
  const { node, declaration } = flow.nodes[n]!;
  const view = isAtEnd(declaration.kind, input) ? views.atEnd(n) : views.before(n);
  const idOf = (by: number): string => flow.nodes[by]!.node.id;
  const found = new Set<string>();
  for (const [variable, member] of reads) {
    if (variable === 'nodes') {
      // What takes no part is not there at run time either.
      if (member !== undefined && flow.indexOf.has(member)) found.add(member);
      else if (member === undefined)
        diagnostics.push({
          code: 'EXPRESSION_TYPE',
          severity: 'error',
          nodeId: node.id,
          field: `inputs.${input}`,
          message: 'All nodes at once cannot be read. Name one, for example nodes.draft.subject.',
        });
    } else if (variable === 'run') {
      if (member === undefined || member === 'input') for (const by of view.triggers()) found.add(idOf(by));
      // `item` and `index` are there within maps only.
    } else found.add(idOf(view.scope!));
  }
  return [...found].sort();
}

function problemOf({ flow }: Pass, n: number, field: string, problem: BindingProblem): Diagnostic {
  const { node } = flow.nodes[n]!;
  const where = { nodeId: node.id, field, ...(problem.range ? { range: problem.range } : {}) };
  const [variable, id, ...rest] = problem.absent ?? [];
  const absent = variable === 'nodes' && id !== undefined ? flow.absent.get(id) : undefined;
  if (absent && id !== undefined) return { ...readsAbsent(id, absent), ...where };
  if (variable === 'nodes' && id !== undefined && rest.length === 0) {
    const message =
      problem.code === 'UNKNOWN_VARIABLE'
        ? problem.message
        : `"${id}" may not have run before "${node.id}". Write nodes.?${id}.?member.orValue(…), or test has(nodes.${id}) first.`;
    return { code: 'MAY_NOT_HAVE_RUN', severity: 'error', message, ...where };
  }
  return { code: problem.code, severity: 'error', message: problem.message, ...where };
}

/** A fix for a problem of an input, unless it reads what is disabled: that has one. */
function inputFix(pass: Pass, of: { n: number; name: string; problem: BindingProblem }): Pick<Diagnostic, 'fix'> {
  const { flow, scopes } = pass;
  const { node, declaration } = flow.nodes[of.n]!;
  const binding = node.inputs[of.name]!;
  const written = writtenIn(binding, of.problem);
  if (!written || isOfAbsent(pass, of.problem) || pass.fixes <= 0) return {};
  pass.fixes -= 1;
  const scope = isAtEnd(declaration.kind, of.name) ? scopes.atEnd(of.n) : scopes.before(of.n);
  const { text, bindingOf } = written;
  const mended = mend(text, of.problem, {
    check: (changed) =>
      checkBinding(bindingOf(changed), scope, { expected: scopes.expected(of.n, of.name), prompts: flow.prompts }),
    part: (expr) => checkIn(expr, scope),
  });
  if (!mended) return {};
  const change = { kind: 'bind', nodeId: node.id, input: of.name, binding: bindingOf(mended.text) } as const;
  return { fix: { title: mended.title, change } };
}

/** The text that a problem is in, and the binding with another text in its place. */
function writtenIn(
  binding: Binding,
  { variable }: BindingProblem,
): { text: string; bindingOf: (text: string) => Binding } | null {
  switch (binding.kind) {
    case 'value':
      return null;
    case 'expr':
      return { text: binding.expr, bindingOf: (expr) => ({ kind: 'expr', expr }) };
    case 'template':
      return { text: binding.template, bindingOf: (template) => ({ kind: 'template', template }) };
    case 'prompt': {
      if (variable === undefined) return null;
      const bindingOf = (expr: string): Binding => ({ ...binding, values: { ...binding.values, [variable]: expr } });
      return { text: binding.values[variable] ?? '', bindingOf };
    }
  }
}

function configFix(
  { pass, scope }: { pass: Pass; scope: Scope },
  n: number,
  { expr, field, problem }: { expr: string; field: string; problem: BindingProblem },
): Pick<Diagnostic, 'fix'> {
  if (pass.fixes <= 0) return {};
  pass.fixes -= 1;
  const check = (text: string) => checkIn(text, scope);
  const mended = mend(expr, problem, { check, part: check });
  if (!mended) return {};
  const change = { kind: 'set-config', nodeId: pass.flow.nodes[n]!.node.id, field, value: mended.text } as const;
  return { fix: { title: mended.title, change } };
}

function isOfAbsent({ flow }: Pass, { absent }: BindingProblem): boolean {
  return absent?.[0] === 'nodes' && absent[1] !== undefined && flow.absent.has(absent[1]);
}

function readsAbsent(id: string, { cause }: Absent): Pick<Diagnostic, 'code' | 'severity' | 'message' | 'fix'> {
  const why = id === cause ? `"${id}" is disabled` : `"${id}" is left out, because "${cause}" is disabled`;
  return {
    code: 'READS_DISABLED',
    severity: 'error',
    message: `${why}, so it has no output. Enable "${cause}", or write nodes.?${id}.?member.orValue(…).`,
    fix: enabling(cause),
  };
}

/** Expressions in a configuration see the node's own inputs, as far as they are bound. */
function checkExpressions(pass: Pass, n: number): void {
  const { declaration, config } = pass.flow.nodes[n]!;
  const scope = ownInputs(pass, n);
  for (const { path, expr, expects } of declaration.expressions?.(config) ?? []) {
    const checked = checkIn(expr, scope);
    const field = `config.${path}`;
    if (!checked.ok)
      pass.diagnostics.push({
        ...problemOf(pass, n, field, checked),
        ...configFix({ pass, scope }, n, { expr, field, problem: checked }),
      });
    else if (expects === 'boolean' && checked.type.type !== 'boolean' && checked.type.type !== 'any')
      pass.diagnostics.push(
        problemOf(pass, n, field, {
          ok: false,
          code: 'TYPE_MISMATCH',
          message: `Expected true or false, got ${describeType(checked.type)}. Compare it, for example with ==.`,
        }),
      );
  }
}

/** What the expressions in a node's configuration read: its inputs, as far as they are bound. */
export function ownInputs({ flow, scopes }: Pick<Pass, 'flow' | 'scopes'>, n: number): Scope {
  const { inputs, node } = flow.nodes[n]!;
  const there = (name: string): boolean =>
    Object.hasOwn(inputs, name) && (inputs[name]!.required || Object.hasOwn(node.inputs, name));
  return {
    type: 'scope',
    get: (name) =>
      there(name) ? { type: boundType(scopes.binding(n, name), inputs[name]!.type), required: true } : null,
    names: () => Object.keys(inputs).filter(there),
    missing: (name) =>
      Object.hasOwn(inputs, name) ? { message: `The input "${name}" has no value here. Bind it first.` } : null,
  };
}

/** What is bound says more than what may be bound, unless nobody knows its type. */
function boundType(binding: CheckedBinding | null, declared: Type): Type {
  return binding?.ok && binding.type.type !== 'any' ? binding.type : declared;
}
