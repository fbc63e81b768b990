import type { RunValues } from './run-form.ts';

const keyOf = (pipelineId: string, trigger: string) => `solograph:inputs:${pipelineId}:${trigger}`;

/** What was given the last time a run of this pipeline started here; nothing where the browser does not say. */
export function rememberedValues(pipelineId: string, trigger: string): RunValues {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(pipelineId, trigger)) ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as RunValues) : {};
  } catch {
    return {};
  }
}

/** Remembers it. A browser that forbids storage forgets it, and the form begins empty next time. */
export function rememberValues(pipelineId: string, trigger: string, values: RunValues): void {
  try {
    localStorage.setItem(keyOf(pipelineId, trigger), JSON.stringify(values));
  } catch (error) {
    console.warn('The inputs of this run are not remembered.', error);
  }
}
