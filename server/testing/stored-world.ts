import type { Pool } from 'pg';

type Values = Record<string, unknown>;

/** A project whose runs and steps are written by hand, for tests of what reads them. Column names are the database's. */
export type StoredWorld = {
  projectId: string;
  pipelineId: string;
  run: (values?: Values) => Promise<string>;
  step: (runId: string, values?: Values) => Promise<string>;
  worker: (values?: Values) => Promise<string>;
  insert: (table: string, values: Values) => Promise<Values>;
};

/** Makes a project with one pipeline. Runs are `running` and steps `ready` unless said otherwise; a worker is alive. */
export async function storedWorld(db: Pool): Promise<StoredWorld> {
  const insert = async (table: string, values: Values): Promise<Values> => {
    const names = Object.keys(values);
    const { rows } = await db.query(
      `insert into ${table} (${names.map((name) => `"${name}"`).join()}) values (${names.map((_, i) => `$${i + 1}`).join()}) returning *`,
      Object.values(values).map((value) => (isDocument(value) ? JSON.stringify(value) : value)),
    );
    return rows[0];
  };
  const owner = crypto.randomUUID();
  await insert('"user"', { id: owner, name: 'Op', email: `${owner}@example.test`, updatedAt: new Date() });
  const project = await insert('project', { id: crypto.randomUUID(), owner_id: owner, name: 'Northwind' });
  const pipeline = await insert('pipeline', {
    id: crypto.randomUUID(),
    project_id: project.id,
    name: 'Follow-up',
    draft: {},
  });
  const hash = crypto.randomUUID();
  const program = await insert('program', { hash, ir: { states: {} } });
  const graph = await insert('run_graph', { hash, graph: { nodes: [], edges: [] } });
  let refs = 0;
  return {
    projectId: String(project.id),
    pipelineId: String(pipeline.id),
    insert,
    async run(values = {}) {
      refs += 1;
      const pinned = { graph_id: graph.id, program_id: program.id, trigger: 'start', mode: 'production', input: {} };
      const row = await insert('run', {
        project_id: project.id,
        pipeline_id: pipeline.id,
        ...pinned,
        ref: refs,
        status: 'running',
        ...values,
      });
      if (['queued', 'running', 'waiting'].includes(String(row.status))) await insert('live_run', { run_id: row.id });
      return String(row.id);
    },
    step: async (runId, values = {}) =>
      String((await insert('step', { run_id: runId, state: 'ask', path: '', status: 'ready', ...values })).id),
    worker: async (values = {}) =>
      String((await insert('worker', { host: 'h', pid: 1, version: '0', concurrency: 1, ...values })).id),
  };
}

function isDocument(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}
