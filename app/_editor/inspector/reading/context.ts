'use client';
import { createContext, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import type { FieldScope, ReadingField } from '#nodes/core/compile/inspect.ts';
import { useNode } from '../node-context.ts';
import { type Fields, type FieldsState, scopeKeyOf } from './fields.ts';

export const FieldsContext = createContext<Fields | null>(null);

/** What the fields of the inspector share. */
export function useFields(): Fields {
  const fields = useContext(FieldsContext);
  if (!fields) throw new Error('A field that reads values belongs inside the inspector.');
  return fields;
}

export function useFieldsState<Part>(select: (state: FieldsState) => Part): Part {
  return useStore(useFields().store, select);
}

/** What a field of the inspected node can read; null: not known yet. */
export function useScope(field: ReadingField): { key: string; scope: FieldScope | null } {
  const fields = useFields();
  const { declaration } = useNode();
  const key = scopeKeyOf(field, declaration.kind);
  const { kind, nodeId } = field;
  const input = field.kind === 'input' ? field.input : '';
  useEffect(
    () => fields.want(key, kind === 'input' ? { kind, nodeId, input } : { kind, nodeId }),
    [fields, key, kind, nodeId, input],
  );
  return { key, scope: useFieldsState(({ scopes }) => scopes[key] ?? null) };
}
