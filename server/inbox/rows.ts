import type { Decision } from '#nodes/core/define-node.ts';
import { budgetReason } from '#server/money/budget-words.ts';
import { titleOfNode } from './node-title.ts';
import type {
  Answer,
  BatchChoice,
  BudgetChoice,
  FailureChoice,
  ReviewChoice,
  StoredRequest,
  TaskDecision,
  TaskKind,
  TaskRow,
  TaskStatus,
} from './types.ts';

/** A task as `taskColumns` select it. */
export type StoredTask = {
  id: string;
  kind: TaskKind;
  title: string;
  subject: string;
  risk: number;
  request: StoredRequest;
  pipelineId: string;
  pipelineName: string;
  runId: string;
  runRef: number;
  state: string;
  path: string;
  /** The node that it failed at, as its graph has it; null for other kinds. */
  node: { title?: string; type: string } | null;
  status: TaskStatus;
  createdAt: Date;
  expiresAt: Date | null;
  decidedAt: Date | null;
  decision:
    | Decision
    | { answer: Answer; by: string }
    | { choice: FailureChoice | ReviewChoice | BudgetChoice | BatchChoice; by: string }
    | null;
};

/** Columns of a task `k` of run `r` of pipeline `p`. Only what the engine itself asks is called by its node: the graph is large. */
export const taskColumns = `case when k.kind in ('failure', 'decision', 'budget', 'batch') then (
    select jsonb_path_query_first(g.graph, '$.nodes[*] ? (@.id == $id)', jsonb_build_object('id', k.state))
      from run_graph g where g.id = r.graph_id) end as node, k.id, k.kind, k.title, k.subject, k.risk, k.request, r.pipeline_id as "pipelineId",
  p.name as "pipelineName", k.run_id::text as "runId", r.ref as "runRef", k.state, k.path, k.status,
  k.created_at as "createdAt", k.expires_at as "expiresAt", k.decided_at as "decidedAt", k.decision`;
export const taskTables = 'task k join run r on r.id = k.run_id join pipeline p on p.id = r.pipeline_id';

/** Brings a stored task into the form that lists show. */
export function toTaskRow({ request, decision, createdAt, expiresAt, decidedAt, node, ...task }: StoredTask): TaskRow {
  return {
    id: task.id,
    kind: task.kind,
    title: task.title,
    subject: node ? `${titleOfNode(node, task.state)} in ${task.pipelineName}` : task.subject,
    risk: task.risk,
    reasons: reasonsOf(request),
    pipelineId: task.pipelineId,
    pipelineName: task.pipelineName,
    runId: task.runId,
    runRef: task.runRef,
    state: task.state,
    path: task.path,
    status: task.status,
    createdAt: createdAt.getTime(),
    expiresAt: expiresAt?.getTime() ?? null,
    decidedAt: decidedAt?.getTime() ?? null,
    decision: decision === null ? null : toDecision(decision, decidedAt ?? createdAt),
  };
}

function reasonsOf(request: StoredRequest): string[] {
  switch (request.kind) {
    case 'approval':
      return request.reasons;
    case 'decision':
    case 'failure':
      return [request.failure.message];
    case 'batch':
      return [request.trouble.message];
    case 'budget':
      return [budgetReason(request.hold)];
    case 'review':
      return request.examples.map(({ message }) => message);
  }
}

function toDecision(decision: NonNullable<StoredTask['decision']>, decidedAt: Date): TaskDecision {
  if ('choice' in decision)
    return { kind: 'choice', choice: decision.choice, by: decision.by, at: decidedAt.getTime() };
  return 'answer' in decision
    ? { kind: 'answer', answer: decision.answer, by: decision.by, at: decidedAt.getTime() }
    : { kind: 'decision', ...decision };
}
