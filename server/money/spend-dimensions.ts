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

/** What memory pays for belongs to no run, and so to no pipeline. */
const memory = 'memory';
const pipelineKey = `case when s.run_id is null then '${memory}' else coalesce(s.pipeline_id::text, '') end`;
const pipelineName = `case when w.run_id is null then '${memory}' else coalesce((select p.name from pipeline p where p.id = w.pipeline_id), 'a removed pipeline') end`;
const nodeTitle = `coalesce((select jsonb_path_query_first(p.draft, '$.nodes[*] ? (@.id == $id)', jsonb_build_object('id', w.state))->>'title'
  from pipeline p where p.id = w.pipeline_id), w.state)`;
const runName = `case when w.run_id is null then 'no run' else coalesce((select 'R-' || r.ref from run r where r.id = w.run_id), 'a removed run') end`;

/** How each dimension groups. Groups of all dimensions hold every call once. */
export const dimensionSql: Record<SpendDimension, Dimension> = {
  pipeline: { key: pipelineKey, title: pipelineName },
  node: {
    key: `${pipelineKey} || ':' || s.state`,
    title: `${nodeTitle} || ' · ' || ${pipelineName}`,
  },
  version: {
    key: `${pipelineKey} || ':' || coalesce(s.version::text, 'draft')`,
    title: `${pipelineName} || case when w.run_id is null then '' else coalesce(' v' || w.version, ' draft') end`,
  },
  run: { key: `coalesce(s.run_id::text, '${memory}')`, title: `${runName} || ' · ' || ${pipelineName}` },
  step: {
    key: `coalesce(s.step_id::text, '${memory}')`,
    title: `${nodeTitle} || case when w.path = '' then '' else ' ' || w.path end || ' · ' || ${runName}`,
  },
  model: { key: `s.provider || ' ' || s.model`, title: 'k' },
  taskClass: { key: 's.task_class', title: 'k' },
  entity: {
    key: `coalesce(s.entity_id::text, '')`,
    title: `case when k = '' then 'about nobody in particular' else coalesce((select e.type || ' ' || e.key from entity e where e.id = w.entity_id), 'forgotten') end`,
  },
  /** Items of maps by what they are called; put together from their runs and paths. */
  label: { key: `coalesce(s.run_id::text, '') || ' ' || s.path`, title: `''` },
  project: { key: 's.project_id::text', title: `(select p.name from project p where p.id::text = k)` },
};
