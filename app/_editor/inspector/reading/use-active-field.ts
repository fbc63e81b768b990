'use client';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { ReadingField } from '#nodes/core/compile/inspect.ts';
import type { CodeHandle } from '../../code/code-editor.tsx';
import { useNode } from '../node-context.ts';
import { useFields } from './context.ts';
import { type ActiveField, scopeKeyOf } from './fields.ts';
import { insertionOf } from './scope-tree.ts';

/** What a field does so that the rest of the inspector knows it while it is edited. */
export type ActiveHandle = {
  address: string;
  label: string;
  place: React.RefObject<HTMLDivElement | null>;
  onReady: (handle: CodeHandle) => void;
  /** It has the focus now. */
  onFocus: () => void;
  /** Shows what it may read; hides it where it is shown. */
  toggle: () => void;
};

type Options = {
  field: ReadingField;
  address: string;
  label: string;
  into: ActiveField['into'];
  /** Where nothing is written by hand: binds what is chosen. */
  bind?: (expr: string) => void;
};

/** Makes a field known: which it is, and how something that can be read gets into it. */
export function useActiveField({ field, address, label, into, bind }: Options): ActiveHandle {
  const { store } = useFields();
  const { declaration } = useNode();
  const scopeKey = scopeKeyOf(field, declaration.kind);
  const place = useRef<HTMLDivElement>(null);
  const handle = useRef<CodeHandle | null>(null);
  const latest = useRef(bind);
  latest.current = bind;
  const described = useCallback(
    (): ActiveField => ({
      address,
      label,
      scopeKey,
      into,
      insert: (entry) => {
        if (into === 'bind') latest.current?.(insertionOf(entry, 'cel'));
        else handle.current?.insert(insertionOf(entry, into));
      },
      focus: () => {
        if (into === 'bind')
          place.current?.querySelector<HTMLElement>('input, textarea, [role="combobox"], .cm-content')?.focus();
        else handle.current?.focus();
      },
      top: place.current?.getBoundingClientRect().top ?? 0,
    }),
    [address, label, scopeKey, into],
  );
  // How something gets into it changes with the way that the input is given.
  useEffect(() => {
    if (store.getState().active?.address === address) store.setState({ active: described() });
  }, [store, described, address]);
  return useMemo(
    () => ({
      address,
      label,
      place,
      onReady: (made) => {
        handle.current = made;
      },
      onFocus: () => store.setState({ active: described() }),
      toggle: () =>
        store.setState(({ panel, active }) => ({
          active: described(),
          panel: !(panel && active?.address === address),
        })),
    }),
    [store, described, address, label],
  );
}
