import type { Diagnostic } from '../diagnostics.ts';
import type { Json } from '../json.ts';
import { depthLimit } from '../program.ts';
import { describeType, fromJsonSchema, type ObjectType, sameType, type Type } from '../types.ts';
import type { Flow, ResolvedNode } from './flow.ts';
import type { PipelineSignature } from './signature.ts';

/** By id and by name of a pipeline: its versions by number. A plain lookup, so that it can be sent to the browser. */
export type PipelineSignatures = Record<string, Record<string, PipelineSignature>>;

/** What the configuration of a node of the kind `call` says: which version, and what was known of it when it was chosen. */
export type CallConfig = {
  pipeline: string;
  version: number | null;
  signature: {
    input: Json;
    output: Json;
    trust?: PipelineSignature['trust'];
    effect?: PipelineSignature['effect'];
  } | null;
};

/** Checks each call of another pipeline against what is known of it: that it exists, gives what was said, and ends. */
export function checkCalls(flow: Flow, pipelines: PipelineSignatures): Diagnostic[] {
  return flow.nodes.flatMap((resolved) => {
    const { declaration, config } = resolved;
    if (declaration.kind !== 'call') return [];
    const call = config as CallConfig;
    return call.version === null ? [] : checkCall(resolved, call, pipelines);
  });
}

function checkCall({ node: { id } }: ResolvedNode, call: CallConfig, pipelines: PipelineSignatures): Diagnostic[] {
  const report = (code: Diagnostic['code'], field: string, message: string): Diagnostic[] => [
    { code, severity: 'error', nodeId: id, field: `config.${field}`, message },
  ];
  const versions = own(pipelines, call.pipeline);
  if (!versions)
    return report('SUBFLOW_UNKNOWN', 'pipeline', `"${id}" runs "${call.pipeline}", which is not here. Choose another.`);
  const found = own(versions, String(call.version));
  if (!found) {
    const there = Object.keys(versions).join(', ') || 'none';
    return report(
      'SUBFLOW_UNKNOWN',
      'version',
      `"${call.pipeline}" has no version ${call.version}. It has: ${there}. Choose one.`,
    );
  }
  if (found.depth + 1 > depthLimit)
    return report(
      'SUBFLOW_TOO_DEEP',
      'pipeline',
      `"${call.pipeline}" runs others ${found.depth} levels down, which makes ${found.depth + 1} here; ${depthLimit} is the limit. Flatten one of them.`,
    );
  const changed = difference(call, found);
  return changed === null
    ? []
    : report(
        'SUBFLOW_CHANGED',
        'signature',
        `"${call.pipeline}" is not as "${id}" knows it: ${changed} Choose it again.`,
      );
}

function own<Value>(record: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

const trustOrder = ['trusted', 'inherit', 'untrusted'] as const;
const effectOrder = ['pure', 'read', 'idempotent-write', 'unsafe-write'] as const;

function difference({ signature }: CallConfig, is: PipelineSignature): string | null {
  if (!signature) return 'its inputs and outputs have not been read.';
  const { trust = 'untrusted', effect = 'unsafe-write' } = signature;
  if (trustOrder.indexOf(trust) < trustOrder.indexOf(is.trust))
    return `its output may hold text of strangers (${is.trust}), which is not said here (${trust}).`;
  if (effectOrder.indexOf(effect) < effectOrder.indexOf(is.effect))
    return `it does more outside (${is.effect}) than is said here (${effect}).`;
  return (
    changed('input', fromJsonSchema(signature.input), fromJsonSchema(is.input)) ??
    changed('output', fromJsonSchema(signature.output), fromJsonSchema(is.output))
  );
}

function changed(what: string, was: Type, is: Type): string | null {
  if (sameType(was, is)) return null;
  if (was.type !== 'object' || is.type !== 'object')
    return `its ${what} is ${describeType(is)}, not ${describeType(was)}.`;
  const names = [...new Set([...Object.keys(was.properties), ...Object.keys(is.properties)])];
  const parts = names.flatMap((name) => {
    const [before, now] = [memberOf(was, name), memberOf(is, name)];
    if (before === now) return [];
    if (now === null) return [`"${name}" is gone`];
    return [before === null ? `"${name}" is new (${now})` : `"${name}" is ${now}, not ${before}`];
  });
  return `of its ${what}, ${parts.join('; ') || 'members without a name differ'}.`;
}

function memberOf({ properties, required }: ObjectType, name: string): string | null {
  if (!Object.hasOwn(properties, name)) return null;
  return `${describeType(properties[name] as Type)}${required.includes(name) ? '' : ', may be absent'}`;
}
