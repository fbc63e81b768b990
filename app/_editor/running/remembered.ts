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

const lastKey = (pipelineId: string) => `solograph:trigger:${pipelineId}`;

/** The trigger at which a run of this pipeline started last here. */
export function lastTrigger(pipelineId: string): string | null {
  try {
    return localStorage.getItem(lastKey(pipelineId));
  } catch {
    // A browser that forbids storage remembers nothing.
    return null;
  }
}

/** Remembers at which trigger a run started. */
export function rememberTrigger(pipelineId: string, trigger: string): void {
  try {
    localStorage.setItem(lastKey(pipelineId), trigger);
  } catch (error) {
    console.warn('The trigger of this run is not remembered.', error);
  }
}
