import type { Capabilities, CapabilityName, FileRef, Provenance } from '#nodes/core/capabilities.ts';
import type { NodeContext } from '#nodes/core/define-node.ts';
import { entitiesIn } from './in-memory/entities.ts';
import { eventsIn } from './in-memory/events.ts';
import { filesIn } from './in-memory/files.ts';
import { httpIn } from './in-memory/http.ts';
import { mailIn } from './in-memory/mail.ts';
import { memoryIn } from './in-memory/memory.ts';
import { modelIn } from './in-memory/model.ts';
import { emptyState, type StepScope, type WorldSeed, type WorldState } from './in-memory/state.ts';

/** One call that a node made of the outside. */
export type Call = { capability: CapabilityName; method: string; args: unknown[]; write: boolean };

/** A small outside world in memory: what nodes are tested against. It behaves, and remembers every call. */
export type World = {
  state: WorldState;
  calls: Call[];
  explained: Provenance[];
  /** A context for one attempt of one step; steps with the same key share their effects. */
  context: (step?: Partial<StepScope>) => NodeContext;
  /** Puts a file into the world and answers the reference that an operator's upload would give. */
  file: (name: string, content: Uint8Array | string) => FileRef;
};

/** Opens a world with what the seed says is already there. */
export function createWorld(seed: WorldSeed = {}): World {
  const state = emptyState(seed);
  const calls: Call[] = [];
  const explained: Provenance[] = [];
  return {
    state,
    calls,
    explained,
    context(step = {}) {
      const scope: StepScope = {
        idempotencyKey: step.idempotencyKey ?? 'run1:step1:',
        signal: step.signal ?? new AbortController().signal,
        attempt: step.attempt ?? 1,
      };
      return {
        ...recorded(capabilitiesIn(state, scope), calls, scope),
        ...scope,
        now: () => state.now,
        explain: (entry) => explained.push(structuredClone(entry)),
        log: (message) => state.log.push(message),
      };
    },
    file(name, content) {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      const id = `file${state.files.size + 1}`;
      state.files.set(id, bytes);
      return { kind: 'file', id, name, mime: 'text/csv', bytes: bytes.byteLength };
    },
  };
}

function capabilitiesIn(state: WorldState, scope: StepScope): Capabilities {
  return {
    files: filesIn(state),
    model: modelIn(state),
    memory: memoryIn(state, scope),
    entities: entitiesIn(state, scope),
    mail: mailIn(state, scope),
    http: httpIn(state),
    events: eventsIn(state, scope),
  };
}

const writes: Record<CapabilityName, (method: string, args: unknown[]) => boolean> = {
  files: () => false,
  model: () => false,
  memory: (method) => method === 'remember' || method === 'forget',
  entities: (method) => method === 'upsert' || method === 'restore',
  mail: () => true,
  events: () => true,
  http: (_method, [request]) => !['GET', 'HEAD'].includes((request as { method: string }).method),
};

/** Wraps every method so that it is written down, and so that it stops when the step is cancelled. */
function recorded(capabilities: Capabilities, calls: Call[], scope: StepScope): Capabilities {
  const wrap = <Name extends CapabilityName>(name: Name): Capabilities[Name] =>
    new Proxy(capabilities[name], {
      get(target, method) {
        const member: unknown = Reflect.get(target, method);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          scope.signal.throwIfAborted();
          calls.push({ capability: name, method: String(method), args, write: writes[name](String(method), args) });
          return await untilAborted(scope.signal, Promise.resolve(member.apply(target, args)));
        };
      },
    });
  return {
    files: wrap('files'),
    model: wrap('model'),
    memory: wrap('memory'),
    entities: wrap('entities'),
    mail: wrap('mail'),
    http: wrap('http'),
    events: wrap('events'),
  };
}

function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
