'use client';
import { useEffect, useState } from 'react';
import { useSession } from '../session/context.ts';
import { notSavedText } from './use-start.ts';

/** Saves what is drawn: the server looks at what it knows. */
export function useSaved(): { done: boolean; failure: string | null } {
  const session = useSession();
  const [state, setState] = useState<{ done: boolean; failure: string | null }>({ done: false, failure: null });
  useEffect(() => {
    let left = false;
    void session.autosave.flush().then((saved) => {
      if (!left) setState(saved ? { done: true, failure: null } : { done: false, failure: notSavedText });
    });
    return () => {
      left = true;
    };
  }, [session]);
  return state;
}
