/** What spend can be asked by. */
export const spendDimensions = [
  'pipeline',
  'node',
  'version',
  'run',
  'step',
  'model',
  'taskClass',
  'entity',
  'label',
  'project',
] as const;
export type SpendDimension = (typeof spendDimensions)[number];

type Dimension = {
  /** What calls are grouped by: SQL over a row `s` of `spend`; never null, so that nothing is left out of the sum. */
  key: string;
  /** What a group is called: SQL over `k`, its key, and `w`, one of its calls. */
  title: string;
};

const pipelineName = `coalesce((select p.name from pipeline p where p.id = w.pipeline_id), 'a removed pipeline')`;
const nodeTitle = `coalesce((select jsonb_path_query_first(p.draft, '$.nodes[*] ? (@.id == $id)', jsonb_build_object('id', w.state))->>'title'
  from pipeline p where p.id = w.pipeline_id), w.state)`;
const runName = `coalesce((select 'R-' || r.ref from run r where r.id = w.run_id), 'a removed run')`;

/** How each dimension groups. Groups of all dimensions hold every call once. */
export const dimensionSql: Record<SpendDimension, Dimension> = {
  pipeline: { key: `coalesce(s.pipeline_id::text, '')`, title: pipelineName },
  node: {
    key: `coalesce(s.pipeline_id::text, '') || ':' || s.state`,
    title: `${nodeTitle} || ' · ' || ${pipelineName}`,
  },
  version: {
    key: `coalesce(s.pipeline_id::text, '') || ':' || coalesce(s.version::text, 'draft')`,
    title: `${pipelineName} || coalesce(' v' || w.version, ' draft')`,
  },
  run: { key: 's.run_id::text', title: `${runName} || ' · ' || ${pipelineName}` },
  step: {
    key: 's.step_id::text',
    title: `${nodeTitle} || case when w.path = '' then '' else ' ' || w.path end || ' · ' || ${runName}`,
  },
  model: { key: `s.provider || ' ' || s.model`, title: 'k' },
  taskClass: { key: 's.task_class', title: 'k' },
  entity: {
    key: `coalesce(s.entity_id::text, '')`,
    title: `case when k = '' then 'about nobody in particular' else coalesce((select e.type || ' ' || e.key from entity e where e.id = w.entity_id), 'forgotten') end`,
  },
  /** Items of maps by what they are called; put together from their runs and paths. */
  label: { key: `s.run_id || ' ' || s.path`, title: `''` },
  project: { key: 's.project_id::text', title: `(select p.name from project p where p.id::text = k)` },
};
