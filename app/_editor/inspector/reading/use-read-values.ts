'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import type { FieldScope, ReadingField } from '#nodes/core/compile/inspect.ts';
import type { Graph } from '#nodes/core/graph.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import { rememberedValues } from '../../running/remembered.ts';
import { runForms } from '../../running/run-form.ts';
import { useGraph, useLive, useSession } from '../../session/context.ts';
import { useNode } from '../node-context.ts';
import { useFieldsState, useScope } from './context.ts';
import { namesRead } from './names-read.ts';
import { type ReadValues, valuesFor } from './values-for.ts';

/** The values that a field is previewed with: of the run on the canvas, else of the newest that has them, else made up. */
export function useReadValues(field: ReadingField): ReadValues | null {
  // An expression in a configuration reads the inputs, and they what is in scope of the node.
  const { scope } = useScope(field.kind === 'config' ? { kind: 'input', nodeId: field.nodeId, input: '' } : field);
  const found = useRunValues(scope);
  const input = useSampleInput();
  const names = namesRead(useNode().node.inputs).join('\n');
  // Without the server there are no runs: what is made up is better than nothing.
  const given = found.data === undefined && found.isError ? null : found.data;
  return useMemo(
    () =>
      scope && given !== undefined
        ? valuesFor(scope, given, { input, itemNames: names === '' ? [] : names.split('\n') })
        : null,
    [scope, given, input, names],
  );
}

function useRunValues(scope: FieldScope | null) {
  const trpc = useTRPC();
  const { projectId, pipelineId } = useSession();
  const chosen = useLive((state) => state.chosen);
  const items = useFieldsState((state) => state.items);
  const around = scope?.around ?? [];
  return useQuery(
    trpc.runs.scopeValues.queryOptions(
      {
        projectId,
        pipelineId,
        runId: chosen,
        reads: Object.keys(scope?.outcomes ?? {}),
        around,
        items: around.map((map) => items[map] ?? 0),
      },
      { enabled: scope !== null, placeholderData: keepPreviousData, staleTime: 30_000 },
    ),
  );
}

const sampleInputs = new WeakMap<Graph['nodes'][number], JsonObject>();

/** What a run would be given: what was given last time, the defaults of the form, the example of the trigger. */
function useSampleInput(): JsonObject {
  const { pipelineId } = useSession();
  const trigger = useGraph((graph) => graph.nodes.find(({ type }) => type.startsWith('trigger.')));
  return useMemo(() => {
    if (!trigger) return none;
    const known = sampleInputs.get(trigger);
    if (known) return known;
    const input = inputOf(trigger, pipelineId);
    sampleInputs.set(trigger, input);
    return input;
  }, [trigger, pipelineId]);
}

const none: JsonObject = {};

function inputOf(trigger: Graph['nodes'][number], pipelineId: string): JsonObject {
  const [form] = runForms({
    format: 'solograph/graph',
    version: 1,
    name: 'x',
    description: '',
    nodes: [trigger],
    edges: [],
    notes: [],
  });
  if (!form) return none;
  if (form.kind === 'json') {
    const { example } = form;
    return example !== null && typeof example === 'object' && !Array.isArray(example) ? example : none;
  }
  const last = rememberedValues(pipelineId, trigger.id);
  return Object.fromEntries(
    form.fields.flatMap(({ name, kind, fallback }) => {
      const value = kind === 'file' ? null : (last[name] ?? fallback);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
}
