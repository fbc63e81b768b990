import type { ASTNode } from '@marcbachmann/cel-js';
import type { Fact } from './facts.ts';
import type { Expr, Scope } from './kinds.ts';

/** A variable of a loop such as `xs.map(x, …)`. `key` tells it from others of its name. */
export type Local = { name: string; key: string; type: Expr; next: Local | null };

/** What a part of an expression is checked in. */
export type Env = {
  scope: Scope;
  locals: Local | null;
  facts: Fact[];
  /** Paths that are read, by their text. */
  reads: Map<string, string[]>;
  check: (node: ASTNode, env: Env) => Expr;
};

/** The name of a variable, as it was written: prepare.ts puts a prefix before it. */
export function variableName(node: ASTNode & { op: 'id' }): string {
  return node.args.slice(1);
}

/** The name in `x.name`, `x["name"]` and their optional forms; null for a computed one. */
export function staticName(node: ASTNode & { op: '.' | '.?' | '[]' | '[?]' }): string | null {
  const key = node.args[1];
  if (typeof key === 'string') return key;
  return key.op === 'value' && typeof key.args === 'string' ? key.args : null;
}

/** The path of a member that is named from a variable on, such as `nodes.draft["subject"]`; null for all else. */
export function pathOf(node: ASTNode, env: Env): string[] | null {
  switch (node.op) {
    case 'id': {
      const name = variableName(node);
      for (let local = env.locals; local; local = local.next) if (local.name === name) return [local.key];
      return [name];
    }
    case '.':
    case '.?':
    case '[]':
    case '[?]': {
      const name = staticName(node);
      const path = name === null ? null : pathOf(node.args[0], env);
      return path && name !== null ? [...path, name] : null;
    }
    default:
      return null;
  }
}

/** Keys of locals have this in them, which no name has. */
const localMark = '#';

export function withLocal(name: string, type: Expr, env: Env): Env {
  const depth = env.locals ? Number(env.locals.key.split(localMark)[1]) + 1 : 1;
  return { ...env, locals: { name, key: `${name}${localMark}${depth}`, type, next: env.locals } };
}

/** Notes the member that a part reads, if it is one. */
export function record(node: ASTNode, env: Env): void {
  const path = pathOf(node, env);
  if (path && !path[0]?.includes(localMark)) env.reads.set(path.join('\n'), path);
}
