import type { Capabilities, Provenance } from '#nodes/core/capabilities.ts';
import type { NodeContext } from '#nodes/core/define-node.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { createCapabilities } from '#server/adapters/compose.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';
import type { StepLog, StepValues } from './commit.ts';
import { effectLedger, stepKey } from './effect-ledger.ts';
import type { Execution } from './execute.ts';
import { holdsLease } from './holds-lease.ts';

/** What a node gets: its capabilities, made when it first asks for one, and where to put its reasons and logs. */
export function contextOf(x: Execution, signal: AbortSignal, values: StepValues): NodeContext {
  const { claimed, facts, engine } = x;
  const explain = (entry: Provenance): void => void values.provenance.push(entry);
  const key = stepKey(claimed);
  const open = (): Capabilities => {
    const scope: StepScope = {
      projectId: facts.projectId,
      runId: BigInt(claimed.runId),
      stepId: BigInt(claimed.stepId),
      workerId: BigInt(engine.workerId),
      state: claimed.state,
      path: claimed.path,
      attempt: claimed.attempt,
      key,
      signal,
      explain,
      effects: effectLedger(engine.pool, engine.workerId, claimed),
      holdsLease: () => holdsLease(engine.pool, engine.workerId, claimed),
      settings: facts.settings,
      db: engine.pool,
    };
    return createCapabilities(engine.adapters, scope);
  };
  let opened: Capabilities | null = null;
  const capabilities = (): Capabilities => {
    opened ??= open();
    return opened;
  };
  return {
    get files() {
      return capabilities().files;
    },
    get model() {
      return capabilities().model;
    },
    get memory() {
      return capabilities().memory;
    },
    get entities() {
      return capabilities().entities;
    },
    get mail() {
      return capabilities().mail;
    },
    get http() {
      return capabilities().http;
    },
    get events() {
      return capabilities().events;
    },
    signal,
    idempotencyKey: key,
    attempt: claimed.attempt,
    now: Date.now,
    explain,
    log: (message: string, data?: JsonObject) =>
      void values.logs.push({ at: Date.now(), message, ...(data ? { data } : {}) } satisfies StepLog),
  };
}
