import type { InputSpec } from '../define-node.ts';
import type { Diagnostic } from '../diagnostics.ts';
import { describeType, isNullable } from '../types.ts';
import { type Flow, isAtEnd, sourceOf } from './flow.ts';
import { suggest } from './propose.ts';
import type { Scopes } from './scope.ts';

/** Beyond so many, mending one by one is not what the operator will do. */
const proposals = 50;

/** Checks that every required input is bound and that nothing is bound to what is no input. */
export function checkPorts(flow: Flow, ordered: ReadonlySet<number>, scopes: Scopes): Diagnostic[] {
  const missing = flow.nodes.flatMap(({ node, inputs }, n) =>
    Object.entries(inputs)
      .filter(
        ([name, port]) =>
          port.required && isUnbound(Object.hasOwn(node.inputs, name) ? node.inputs[name] : undefined, port),
      )
      .map(([name, port]) => ({ n, name, port })),
  );
  return [
    ...missing.map(({ n, name, port }, index): Diagnostic => {
      const nodeId = flow.nodes[n]!.node.id;
      const expr = ordered.has(n) && index < proposals ? proposal(flow, scopes, { n, name, port }) : null;
      return {
        code: 'MISSING_BINDING',
        severity: 'error',
        nodeId,
        field: `inputs.${name}`,
        message: `"${port.title}" of "${nodeId}" has no value. It takes ${describeType(port.type)}.`,
        ...(expr === null
          ? {}
          : {
              fix: {
                title: `Bind it to ${expr}`,
                change: { kind: 'bind', nodeId, input: name, binding: { kind: 'expr', expr } },
              },
            }),
      };
    }),
    ...unused(flow),
  ];
}

function isUnbound(binding: { kind: string; value?: unknown } | undefined, { type }: InputSpec): boolean {
  return !binding || (binding.kind === 'value' && binding.value === null && !isNullable(type));
}

function proposal(flow: Flow, scopes: Scopes, open: { n: number; name: string; port: InputSpec }): string | null {
  if (isAtEnd(flow.nodes[open.n]!.declaration.kind, open.name)) return null;
  const [into] = flow.into[open.n]!;
  const from = flow.undoes.get(open.n) ?? (into === undefined ? undefined : sourceOf(flow, into));
  const near = from === undefined ? '' : flow.nodes[from]!.node.id;
  return suggest({ name: open.name, type: open.port.type }, scopes.before(open.n), near);
}

function unused(flow: Flow): Diagnostic[] {
  return flow.nodes.flatMap(({ node, inputs }) =>
    Object.keys(node.inputs)
      .filter((name) => !Object.hasOwn(inputs, name))
      .map((name) => ({
        code: 'UNUSED_BINDING',
        severity: 'warning',
        nodeId: node.id,
        field: `inputs.${name}`,
        message: `"${node.id}" has no input "${name}". It has: ${Object.keys(inputs).join(', ') || 'none'}.`,
        fix: { title: 'Remove the binding', change: { kind: 'unbind', nodeId: node.id, input: name } },
      })),
  );
}
