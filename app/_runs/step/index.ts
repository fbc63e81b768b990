/** What a step did, for the run page and the editor's inspector. Each takes a StepDetail; the graph names the nodes. */
export { LinkedStepData } from './linked-step-data.tsx';
export { StepData, StepInput, StepOutput } from './step-data.tsx';
export { StepHistory } from './step-history.tsx';
export { StepProvenance } from './step-provenance.tsx';
export { StepSpend } from './step-spend.tsx';
