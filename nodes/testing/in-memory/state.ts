import type {
  EntityRecord,
  HttpAnswer,
  MailMessage,
  MailReceipt,
  MemoryHit,
  ToolCall,
} from '#nodes/core/capabilities.ts';
import type { NodeError } from '#nodes/core/errors.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';

/** The step that asks: effects are idempotent by its key. */
export type StepScope = { idempotencyKey: string; signal: AbortSignal; attempt: number };

export type MemoryItem = Pick<MemoryHit, 'itemId' | 'text' | 'kind' | 'tier' | 'source' | 'untrusted' | 'at'> & {
  entityId: string | null;
};

/** What the model answers: a text, what it asks of its tools, or how it fails. */
export type ScriptedAnswer = string | NodeError | { text?: string; toolCalls: ToolCall[] };

/** What is already there when a test begins. */
export type WorldSeed = {
  now?: number;
  memory?: { text: string; kind?: string; entityId?: string; source?: string; at?: number }[];
  /** `session name` → value; of the run itself the session is empty. */
  held?: Record<string, Json>;
  entities?: { type: string; key: string; data: JsonObject }[];
  /** `GET https://…` → answer; what is not here cannot be reached. */
  pages?: Record<string, { status?: number; headers?: Record<string, string>; body?: string }>;
  /** What the model answers, in order; afterwards it echoes, or fills the asked schema with samples. */
  answers?: ScriptedAnswer[];
  /** Addresses that the mail server turns away. */
  rejectedAddresses?: string[];
  /** No SMTP server is set: mail stays in the Outbox. */
  withoutSmtp?: boolean;
  /** The vector index does not answer. */
  withoutVectors?: boolean;
  /** Every call waits for ever, as a dead server would. */
  hangs?: boolean;
};

export type WorldState = {
  now: number;
  files: Map<string, Uint8Array>;
  memory: Map<string, MemoryItem>;
  held: Map<string, Json>;
  entities: Map<string, EntityRecord>;
  /** What upserts changed, by the key of the step. */
  changes: Map<string, { at: string; previous: JsonObject | null; written: JsonObject }>;
  mails: Map<string, { message: MailMessage; receipt: MailReceipt }>;
  pages: Map<string, HttpAnswer>;
  events: Map<string, { name: string; key: string; data: Json }>;
  answers: ScriptedAnswer[];
  rejectedAddresses: Set<string>;
  withoutSmtp: boolean;
  withoutVectors: boolean;
  hangs: boolean;
  log: string[];
};

/** The state that a seed describes. */
export function emptyState(seed: WorldSeed): WorldState {
  const now = seed.now ?? Date.UTC(2026, 0, 15, 9);
  return {
    now,
    files: new Map(),
    memory: new Map((seed.memory ?? []).map((item, index) => [`seed${index + 1}`, memoryItem(item, index, now)])),
    held: new Map(Object.entries(seed.held ?? {})),
    entities: new Map((seed.entities ?? []).map((entity, index) => [entityId(entity), record(entity, index, now)])),
    changes: new Map(),
    mails: new Map(),
    events: new Map(),
    pages: new Map(Object.entries(seed.pages ?? {}).map(([key, page]) => [key, answer(key, page)])),
    answers: [...(seed.answers ?? [])],
    rejectedAddresses: new Set(seed.rejectedAddresses ?? []),
    withoutSmtp: seed.withoutSmtp ?? false,
    withoutVectors: seed.withoutVectors ?? false,
    hangs: seed.hangs ?? false,
    log: [],
  };
}

/** Where an entity is kept: its type and its key. */
export function entityId(entity: { type: string; key: string }): string {
  return `${entity.type}\u0000${entity.key}`;
}

/** Waits for ever in a world that hangs. */
export async function respond(state: WorldState): Promise<void> {
  if (state.hangs) await new Promise<never>(() => {});
}

function memoryItem(item: NonNullable<WorldSeed['memory']>[number], index: number, now: number): MemoryItem {
  return {
    itemId: `seed${index + 1}`,
    text: item.text,
    kind: item.kind ?? 'note',
    tier: 'episodic',
    source: item.source ?? 'seed',
    untrusted: false,
    at: item.at ?? now,
    entityId: item.entityId ?? null,
  };
}

function record(entity: NonNullable<WorldSeed['entities']>[number], index: number, now: number): EntityRecord {
  return { id: `entity${index + 1}`, ...entity, version: 1, updatedAt: now };
}

function answer(key: string, page: NonNullable<WorldSeed['pages']>[string]): HttpAnswer {
  return {
    status: page.status ?? 200,
    headers: page.headers ?? { 'content-type': 'application/json' },
    body: page.body ?? '',
    url: key.slice(key.indexOf(' ') + 1),
  };
}
