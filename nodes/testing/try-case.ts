import type { AnyNodeDeclaration, AnyNodeRun, Decision, NodeContext, NodeResult } from '#nodes/core/define-node.ts';
import { type NodeError, toNodeError } from '#nodes/core/errors.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { createWorld, type World } from './capabilities.ts';
import type { NodeCase } from './node-case.ts';

export type NodeType = { declaration: AnyNodeDeclaration; run: AnyNodeRun };

/** What came of a case: a result or a failure, and the world afterwards. */
export type Tried = {
  result: NodeResult | null;
  failure: NodeError | null;
  world: World;
  config: unknown;
  inputs: JsonObject;
};

/** Runs a case as the engine would: configuration read, decision or what ended its wait handed to it where the node waits. */
export async function tryCase(node: NodeType, given: NodeCase, signal?: AbortSignal): Promise<Tried> {
  const world = createWorld(given.world);
  const config: unknown = node.declaration.config.parse(given.config ?? {});
  const inputs = typeof given.inputs === 'function' ? given.inputs(world) : given.inputs;
  const ctx = world.context(signal ? { signal } : {});
  try {
    const result = await node.run.run(ctx, { config, inputs });
    const trying = { node, given, ctx };
    const decided = await decide(trying, { config, inputs }, result);
    world.state.now += given.afterMs ?? 0;
    const resumed = await resume(trying, { config, inputs }, decided);
    return { result: resumed, failure: null, world, config, inputs };
  } catch (error) {
    return { result: null, failure: toNodeError(error), world, config, inputs };
  }
}

type Trying = { node: NodeType; given: NodeCase; ctx: NodeContext };

async function resume(
  { node, given, ctx }: Trying,
  args: { config: unknown; inputs: JsonObject },
  result: NodeResult,
): Promise<NodeResult> {
  const waits =
    result.kind === 'sleep' || result.kind === 'await-event' || result.kind === 'call' || result.kind === 'map';
  return waits && given.woken && node.run.resume ? await node.run.resume(ctx, args, given.woken) : result;
}

async function decide(
  { node, given, ctx }: Trying,
  args: { config: unknown; inputs: JsonObject },
  result: NodeResult,
): Promise<NodeResult> {
  if (result.kind !== 'wait' || !given.decision || !node.run.decide) return result;
  const decision: Decision = {
    decision: 'approve',
    value: result.task.proposal,
    edited: false,
    reason: null,
    by: 'operator@example.test',
    at: ctx.now(),
    ...given.decision,
  };
  return await node.run.decide(ctx, args, decision);
}
