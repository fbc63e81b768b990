import type { Capabilities, Provenance } from '#nodes/core/capabilities.ts';
import type { NodeContext } from '#nodes/core/define-node.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { createCapabilities } from '#server/adapters/compose.ts';
import type { StepScope } from '#server/adapters/step-scope.ts';
import { upstreamStates } from '#server/inbox/upstream-states.ts';
import type { StepValues } from './commit.ts';
import { effectLedger, stepKey } from './effect-ledger.ts';
import type { Execution } from './execute.ts';
import { holdsLease } from './holds-lease.ts';
import type { SaidBy } from './telling.ts';

/** What a node gets: its capabilities, made when it first asks for one, and where to put its reasons and logs. */
export function contextOf(x: Execution, signal: AbortSignal, values: StepValues): NodeContext {
  return new StepContext(x, signal, values);
}

/** A class, so that what most steps never touch costs nothing: its members are on the prototype. */
class StepContext implements NodeContext {
  readonly signal: AbortSignal;
  readonly #x: Execution;
  readonly #values: StepValues;
  #opened: Capabilities | null = null;
  #said: SaidBy | null = null;

  constructor(x: Execution, signal: AbortSignal, values: StepValues) {
    this.#x = x;
    this.signal = signal;
    this.#values = values;
  }

  get idempotencyKey(): string {
    return stepKey(this.#x.claimed);
  }
  get attempt(): number {
    return this.#x.claimed.attempt;
  }
  now(): number {
    return Date.now();
  }
  explain(entry: Provenance): void {
    this.#values.provenance.push(entry);
  }
  log(message: string, data?: JsonObject): void {
    this.#values.logs.push({ at: Date.now(), message, ...(data ? { data } : {}) });
    this.#x.engine.telling.log(this.#by(), message);
  }

  get files() {
    return this.#capabilities.files;
  }
  get model() {
    return this.#capabilities.model;
  }
  get memory() {
    return this.#capabilities.memory;
  }
  get entities() {
    return this.#capabilities.entities;
  }
  get mail() {
    return this.#capabilities.mail;
  }
  get http() {
    return this.#capabilities.http;
  }
  get events() {
    return this.#capabilities.events;
  }

  get #capabilities(): Capabilities {
    this.#opened ??= createCapabilities(this.#x.engine.adapters, this.#scope());
    return this.#opened;
  }

  #by(): SaidBy {
    const { runId, state, path, attempt } = this.#x.claimed;
    this.#said ??= { runId, state, path, attempt };
    return this.#said;
  }

  #scope(): StepScope {
    const { claimed, facts, engine } = this.#x;
    return {
      projectId: facts.projectId,
      runId: BigInt(claimed.runId),
      stepId: BigInt(claimed.stepId),
      workerId: BigInt(engine.workerId),
      state: claimed.state,
      path: claimed.path,
      attempt: claimed.attempt,
      key: this.idempotencyKey,
      signal: this.signal,
      explain: (entry) => this.explain(entry),
      effects: effectLedger(engine.pool, engine.workerId, claimed),
      holdsLease: () => holdsLease(engine.pool, engine.workerId, claimed),
      tellLog: (message) => this.log(message),
      tellText: (delta) => engine.telling.text(this.#by(), delta),
      leadsFrom: () => upstreamStates(this.#x.program, claimed.state),
      settings: facts.settings,
      db: engine.pool,
    };
  }
}
