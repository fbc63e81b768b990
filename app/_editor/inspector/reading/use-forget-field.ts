'use client';
import { useEffect } from 'react';
import { useFields } from './context.ts';

/** With the node that is left, its field is no longer the one that is edited. */
export function useForgetField(): void {
  const { store } = useFields();
  useEffect(() => () => store.setState({ active: null, panel: false }), [store]);
}
