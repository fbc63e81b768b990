'use client';
import { useEffect, useRef, useState } from 'react';
import type { Preview, PreviewRequest } from '../../code/assist/preview.ts';
import type { FieldLanguage } from '../../code/worker/protocol.ts';
import { useFields } from './context.ts';
import type { ReadValues } from './values-for.ts';

/** A key after another is waited for so long. */
const quietMs = 24;

/** What a field gives, and whether that is of what it held a moment ago. */
export type ShownPreview = { preview: Preview; old: boolean };

/** Evaluates what is typed, a moment after each key, in the worker. Null: nothing has been answered yet. */
export function usePreview(request: PreviewRequest | null, read: ReadValues | null): ShownPreview | null {
  const { language } = useFields();
  const [shown, setShown] = useState<{ of: string; preview: Preview } | null>(null);
  const turn = useRef(0);
  const asked = request && read ? `${read.id} ${JSON.stringify(request)}` : null;
  const latest = useRef({ request, read });
  latest.current = { request, read };
  useEffect(() => {
    const mine = ++turn.current;
    if (asked === null) return setShown(null);
    const timer = setTimeout(async () => {
      const { request: wanted, read: over } = latest.current;
      if (!wanted || !over) return;
      try {
        const preview = await evaluated(language, wanted, over);
        if (mine === turn.current && preview) setShown({ of: asked, preview });
      } catch (error) {
        console.warn('A preview could not be made.', error);
      }
    }, quietMs);
    return () => clearTimeout(timer);
  }, [asked, language]);
  return shown && asked !== null ? { preview: shown.preview, old: shown.of !== asked } : null;
}

/** Hands the values over where the worker does not have them, or has forgotten them. */
async function evaluated(language: FieldLanguage, request: PreviewRequest, { id, values }: ReadValues) {
  return (await language.preview(request, { id, values: null })) ?? (await language.preview(request, { id, values }));
}
