import { AppError } from '#server/errors.ts';
import { db } from './client.ts';
import type { Prisma } from './prisma/client.ts';

type Filter = (projectId: string) => Record<string, unknown>;
const own: Filter = (projectId) => ({ projectId });

/** How each kind of row belongs to a project. Null: it belongs to none, and the scoped client refuses it. */
const filterByModel: Record<Prisma.ModelName, Filter | null> = {
  User: null,
  Session: null,
  Account: null,
  Verification: null,
  RateLimit: null,
  Project: (id) => ({ id }),
  Pipeline: own,
  PipelineVersion: (projectId) => ({ pipeline: { projectId } }),
  DraftSave: (projectId) => ({ pipeline: { projectId } }),
  Program: null,
  Webhook: (projectId) => ({ pipeline: { projectId } }),
  StoredFile: own,
  Run: own,
  RunGraph: null,
  LiveRun: null,
  Step: null,
  StepValue: null,
  StepAttempt: null,
  JoinCount: null,
  MapRun: null,
  MapItem: null,
  RunEvent: null,
  Effect: null,
  Undo: null,
  UndoItem: null,
  EventWaiter: null,
  InboxEvent: own,
  Pin: (projectId) => ({ pipeline: { projectId } }),
  Worker: null,
  Task: own,
  AuditEntry: own,
  ModelConnection: own,
  TaskClass: own,
  ModelQuota: null,
  ModelPlace: null,
  ModelPlaceWaiter: null,
  ModelBatch: own,
  ModelBatchCall: own,
  Price: null,
  Spend: own,
  Budget: own,
  BudgetPeriod: (projectId) => ({ budget: { projectId } }),
  SpendReservation: null,
  BudgetHold: null,
  Entity: own,
  EntityChange: (projectId) => ({ entity: { projectId } }),
  MemoryItem: own,
  MemoryChunk: own,
  MemoryIndexed: own,
  MemoryUse: (projectId) => ({ item: { projectId } }),
  Episode: own,
  EpisodeDue: null,
  EpisodeGathered: null,
  Document: own,
  Fact: own,
  WorkingValue: own,
  MemoryVector: own,
  MemorySpace: own,
  RecallExpectation: own,
  OutboxMail: own,
};

type Args = { where?: Record<string, unknown>; data?: unknown; create?: unknown; update?: unknown };

/** Adds the project to what an operation reads, changes or creates. */
function narrow(model: Prisma.ModelName, operation: string, args: Args, projectId: string): Args {
  const filter = filterByModel[model];
  if (!filter) throw new AppError('INTERNAL', undefined, { cause: `${model} is not kept by project` });
  const owned = filter === own;
  const stamp = (row: unknown): unknown => ({ ...(row as object), projectId });
  if (operation.startsWith('create')) {
    if (!owned) throw new AppError('INTERNAL', undefined, { cause: `${model} is created through what it belongs to` });
    return { ...args, data: Array.isArray(args.data) ? args.data.map(stamp) : stamp(args.data) };
  }
  const { AND, ...where } = args.where ?? {};
  const narrowed = { ...where, AND: [filter(projectId), ...(AND === undefined ? [] : [AND].flat())] };
  return operation === 'upsert'
    ? { ...args, where: narrowed, create: owned ? stamp(args.create) : args.create }
    : { ...args, where: narrowed };
}

/**
 * A Prisma client that sees one project only: each query on it is filtered by the project here, in one place, so that
 * an id of another project is simply not found. Raw SQL does not pass here and names `project_id` itself.
 */
export function scopedDb(projectId: string) {
  return db().$extends({
    name: 'project',
    query: {
      $allModels: {
        $allOperations: ({ model, operation, args, query }) =>
          query(narrow(model, operation, args as Args, projectId) as typeof args),
      },
    },
  });
}
export type ScopedDb = ReturnType<typeof scopedDb>;

/** Whose data a use-case works on and who asks for it; `actor` stands in the audit log. */
export type Scope = { projectId: string; actor: string; db: ScopedDb };

/** Opens a project for use-cases. The caller has made sure that `actor` may see it. */
export function scopeOf(projectId: string, actor: string): Scope {
  return { projectId, actor, db: scopedDb(projectId) };
}

/** Answers the row or fails with NOT_FOUND, naming what was looked for. */
export function found<T>(row: T | null | undefined, what: string): T {
  if (row === null || row === undefined) throw new AppError('NOT_FOUND', `${what} was not found in this project.`);
  return row;
}
