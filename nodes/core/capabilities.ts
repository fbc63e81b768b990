import type { Json, JsonObject } from './json.ts';
import type { Type } from './types.ts';

/**
 * What a node may ask of the outside. A node's `run` gets these through its context and nothing else;
 * the server implements them. Money is integer micro-dollars, times are epoch milliseconds.
 */
export type Capabilities = {
  files: FilesCapability;
  model: ModelCapability;
  memory: MemoryCapability;
  entities: EntitiesCapability;
  mail: MailCapability;
  http: HttpCapability;
  events: EventsCapability;
};
export type CapabilityName = keyof Capabilities;

/** A file that the operator handed to a run: what an input of format `file` holds. */
export type FileRef = { kind: 'file'; id: string; name: string; mime: string; bytes: number };
export type FilesCapability = {
  /** Reads a whole file. Errors: FILE_NOT_FOUND, TOO_LARGE. */
  read(ref: FileRef, limits: { maxBytes: number }): Promise<Uint8Array>;
};

export type ModelMessage =
  | { role: 'system' | 'user'; content: string }
  /** `toolCalls`: what it asked for instead of, or beside, saying something. */
  | { role: 'assistant'; content: string; toolCalls?: ToolCall[] }
  /** What came of the call with this id. */
  | { role: 'tool'; content: string; toolCallId: string };

/** Somebody waits for the answer, nobody does, or it may take hours. */
export const taskClasses = ['interactive', 'standard', 'batch'] as const;
export type TaskClass = (typeof taskClasses)[number];

/** Something that a model may ask for. `parameters` is a JSON Schema of an object. */
export type ModelTool = { name: string; description: string; parameters: JsonObject };
/** A model asks for a tool. `arguments` is JSON as the model wrote it, which may be wrong. */
export type ToolCall = { id: string; name: string; arguments: string };
export type ModelRequest = {
  messages: ModelMessage[];
  /** Empty: the project's default model. */
  model?: string;
  temperature?: number;
  maxOutputTokens?: number;
  /** JSON Schema the answer must satisfy; without it the answer is plain text. */
  schema?: JsonObject;
  /** What it may ask for instead of an answer. */
  tools?: ModelTool[];
  /** How it is to be done; absent: standard. */
  taskClass?: TaskClass;
  /** Names the call within the step, so that a later attempt finds its answer; absent: by the order of the calls. */
  call?: string;
  /** Called with each piece of text as it streams in. */
  onText?: (delta: string) => void;
};
export type ModelAnswer = {
  text: string;
  /** What it asks for; absent: nothing. */
  toolCalls?: ToolCall[];
  model: string;
  provider: string;
  /** The offline provider answered: no language model was asked. */
  rehearsal: boolean;
  inputTokens: number;
  /** Of the input tokens, those that the provider had kept from an earlier call and charges less for. */
  cachedInputTokens?: number;
  outputTokens: number;
  costMicros: number;
  /** Null where the model has no price: then the cost is unknown, not zero. */
  priceId: string | null;
  /** The same was asked before, within the time that its class keeps answers: nothing was asked or paid now. */
  cached?: true;
  /** It came with a batch of the provider, at the price of one. */
  batch?: true;
  /** The provider's own id of the answer. */
  responseId: string | null;
};
export type ModelCapability = {
  /** One call, recorded and charged once. Errors: MODEL_*. */
  generate(request: ModelRequest): Promise<ModelAnswer>;
  /** Vectors of texts, in their order. One call, recorded and charged once. Errors: MODEL_*, NOT_CONFIGURED. */
  embed(request: EmbedRequest): Promise<EmbedAnswer>;
};

export type EmbedRequest = {
  texts: string[];
  /** Empty: the default of the connection. */
  model?: string;
};
export type EmbedAnswer = Omit<ModelAnswer, 'text' | 'toolCalls' | 'outputTokens'> & { vectors: number[][] };

export type MemoryHit = {
  itemId: string;
  /** The passage of the item that was found; absent in what was written before this was kept. */
  passageId?: string;
  text: string;
  kind: string;
  tier: 'episodic' | 'knowledge';
  source: string;
  untrusted: boolean;
  at: number;
  /** Fused score; ranks are 1-based, null where that search did not return it. */
  score: number;
  vectorRank: number | null;
  textRank: number | null;
  /** In what the retention policy went over: its text is empty now, and this is what it was. */
  removed?: Removed;
};
/** What the retention policy leaves of a text: its SHA-256 and its size. */
export type Removed = { sha256: string; bytes: number };
/** Something that a recall found, by reference, with its score and ranks. */
export type MemoryConsidered = Pick<MemoryHit, 'itemId' | 'score' | 'vectorRank' | 'textRank'>;
/** Weights of a recall by name. */
export type MemoryRanking = Record<string, number>;
export type MemoryQuery = {
  text: string;
  limit: number;
  entityId?: string;
  kinds?: string[];
  /** When it happened, epoch milliseconds, both included. */
  since?: number;
  until?: number;
  /** From 0 to 1. */
  minImportance?: number;
  /** Weights that differ from the usual ones. */
  ranking?: { recencyWeight?: number; importanceWeight?: number; variety?: number };
};
export type MemoryCapability = {
  recall(query: MemoryQuery): Promise<{
    hits: MemoryHit[];
    /** False when the vector index did not answer and full text alone was used. */
    vectors: boolean;
    /** What was found in all, best first, by reference; bounded. */
    considered: MemoryConsidered[];
    /** Name of what turned texts into vectors. */
    embedder: string;
    /** The weights that it was ranked by. */
    ranking: MemoryRanking;
  }>;
  /** Idempotent by the step's key. Answers the item's id. */
  remember(item: {
    text: string;
    kind: string;
    tier: 'episodic' | 'knowledge';
    entityId?: string;
    source?: string;
    untrusted: boolean;
    at?: number;
  }): Promise<{ itemId: string }>;
  /** Removes what was remembered under the key of a step's effect. Repeated, it removes nothing more. */
  forget(what: { effectKey: string }): Promise<{
    /** Null: there was nothing, or not any more. */
    itemId: string | null;
    /** False when the vector index did not answer: its entries are never shown, and go with the next rebuild. */
    vectors: boolean;
  }>;
  /**
   * Keeps a value at hand for a while: for this run, or for a session that runs share. Again under the same name it takes
   * the place of the one before. Errors: TOO_LARGE, INPUT_INVALID (of another type than the one before).
   */
  hold(held: { name: string; value: Json; session?: string; ttlMs: number }): Promise<{ expiresAt: number }>;
  /** What is at hand under a name; null where nothing is, or not any more. */
  held(what: { name: string; session?: string }): Promise<{ value: Json } | null>;
};

export type EntityRecord = {
  id: string;
  type: string;
  key: string;
  data: JsonObject;
  version: number;
  updatedAt: number;
};
export type EntitiesCapability = {
  find(query: { type: string; key?: string; where?: JsonObject; limit: number }): Promise<EntityRecord[]>;
  /** Creates or merges by (type, key). Idempotent by the step's key. `previous` is null where it was created. */
  upsert(entity: { type: string; key: string; data: JsonObject }): Promise<{
    entity: EntityRecord;
    created: boolean;
    changed: string[];
    previous: JsonObject | null;
  }>;
  /**
   * Puts back what an upsert changed under the key of its effect, where it still has the value that was written then;
   * what others changed since stays. `entityId`: the entity that the step told of. Repeated, it answers the same.
   */
  restore(what: { effectKey: string; entityId?: string }): Promise<RestoredEntity[]>;
};

/** What became of an entity whose change was taken back. */
export type RestoredEntity = {
  id: string;
  type: string;
  key: string;
  /** The step had created it, and nothing else has touched it since. */
  removed: boolean;
  /** Why it was not removed although the step had created it. */
  keptBecause: 'changed' | 'remembered' | null;
  /** Members that have their earlier value again, and those that keep a later one. */
  restored: string[];
  kept: string[];
};

export type MailMessage = { to: string; subject: string; text: string; from?: string; replyTo?: string };
export type MailReceipt = {
  messageId: string;
  /** 'outbox': no SMTP server is set, so the mail was kept in the local Outbox and NOT sent. */
  delivery: 'smtp' | 'outbox';
  response: string;
  at: number;
};
export type MailCapability = {
  /** One effect: intent before, receipt after; the Message-ID follows from the step's key. Errors: MAIL_*. */
  send(message: MailMessage): Promise<MailReceipt>;
};

export type HttpRequest = {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  timeoutMs: number;
  maxBytes: number;
  /**
   * Where to look whether it happened when that is not known: a GET that answers 2xx says yes, and is the answer then;
   * 404 says no.
   */
  lookUp?: string;
};
export type HttpAnswer = { status: number; headers: Record<string, string>; body: string; url: string };
export type HttpCapability = {
  /** Methods other than GET and HEAD are an effect. Errors: HTTP_*, TOO_LARGE. */
  request(request: HttpRequest): Promise<HttpAnswer>;
};

export type EventsCapability = {
  /** Hands an event to the steps of this project that wait for this name and key, or soon will. Idempotent by the step's key. */
  send(name: string, key: string, data: Json): Promise<void>;
};

/** One line of the answer to "why?": what led to a step's output. */
export type Provenance = Reason & {
  /** An attempt recorded it that came to nothing: what the step gave at last does not rest on it. */
  inVain?: true;
};

/** A step as it stood when it was named: one that a rewind put in its place has another id. */
export type NamedStep = { stepId: string; runId: string; state: string; path: string };

/** Where a value that stood in came from: a person, or what a step of another run gave, of an iteration its item. */
export type Whence = { by: string; at: number } | { from: NamedStep; index?: number };

type Reason =
  | {
      kind: 'prompt';
      messages: ModelMessage[];
      hash: string;
      repair: boolean;
      /** The retention policy removed the messages; `hash` is still theirs. */
      removed?: Removed;
    }
  | {
      kind: 'model';
      model: string;
      provider: string;
      rehearsal: boolean;
      inputTokens: number;
      outputTokens: number;
      costMicros: number;
      priceId: string | null;
      cached?: true;
      /** Numbers that the answer cites, of what it was given as a numbered list; absent: none. */
      cited?: number[];
    }
  | {
      kind: 'retrieved';
      query: string;
      vectors: boolean;
      hits: MemoryHit[];
      /** Absent in what was written before these were kept. */
      considered?: MemoryConsidered[];
      embedder?: string;
      ranking?: MemoryRanking;
    }
  | { kind: 'rule'; name: string; expr: string; result: boolean; deciding: boolean; message?: string }
  | { kind: 'risk'; base: number; parts: { name: string; add: number }[]; total: number; threshold: number }
  | { kind: 'decision'; by: string; decision: string; reason: string | null; edited: boolean; at: number }
  | { kind: 'entity'; entityId: string; type: string; key: string; version: number; changed: string[] }
  | { kind: 'effect'; effect: string; key: string; receipt: Json }
  | { kind: 'http'; method: string; url: string; status: number }
  | { kind: 'file'; name: string; bytes: number; details: JsonObject }
  /** A value that was pinned stood in for the node: a test run. `whence` is absent in what was written before it was kept. */
  | { kind: 'pinned'; whence?: Whence }
  /** A value that was at hand, and who put it there: a step, else a person; neither is known of what is older. */
  | { kind: 'held'; name: string; session: string | null; by: string | null; at: number; from: NamedStep | null };

export type { Type };
