'use client';
import { FileUp, X } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { toFailure } from '#app/_api/failure.ts';
import { uploadFile } from '#app/_api/upload-file.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import type { FieldControl } from '#app/_ui/field.tsx';
import { bytes } from '#app/_ui/format.ts';
import type { FileRef } from '#nodes/core/capabilities.ts';
import type { Json } from '#nodes/core/json.ts';
import { useSession } from '../session/context.ts';

type Props = { title: string; value: Json; onChange: (value: Json) => void; control: FieldControl };

/** A file of a run: chosen or dropped, uploaded at once, and removed again if wanted. */
export function FileField({ title, value, onChange, control }: Props) {
  const { projectId } = useSession();
  const [state, setState] = useState<{ busy: boolean; failure: string | null }>({ busy: false, failure: null });
  const file = value as FileRef | null;
  const take = async (chosen: File | undefined) => {
    if (!chosen || state.busy) return;
    setState({ busy: true, failure: null });
    try {
      onChange((await uploadFile(projectId, chosen)) as unknown as Json);
      setState({ busy: false, failure: null });
    } catch (error) {
      const { message, todo } = toFailure(error);
      setState({ busy: false, failure: `${message} ${todo}` });
    }
  };
  const drop = useDrop((dropped) => void take(dropped));
  return (
    <div className="grid grid-cols-1 gap-1">
      {file ? (
        <p
          {...drop.handlers}
          className={cn(
            'flex h-8 items-center gap-2 rounded-control bg-sunken pr-1 pl-2.5',
            drop.over && 'ring-1 ring-accent',
          )}
        >
          <span className="min-w-0 flex-1 truncate">{file.name}</span>
          <span className="text-12 text-fg-3">{bytes(file.bytes)}</span>
          <IconButton size="sm" label={`Remove ${file.name}`} onClick={() => onChange(null)}>
            <X size={14} />
          </IconButton>
        </p>
      ) : (
        <Button
          asChild
          className={cn(
            'relative cursor-pointer border-dashed focus-within:border-accent focus-within:ring-1 focus-within:ring-accent',
            drop.over && 'border-accent bg-accent-soft',
          )}
        >
          <label {...drop.handlers}>
            <FileUp size={14} aria-hidden="true" />
            {state.busy ? 'Uploading …' : drop.over ? 'Let go to upload' : 'Choose a file, or drop it here'}
            <input
              {...control}
              type="file"
              className="absolute inset-0 cursor-pointer opacity-0"
              aria-label={title}
              disabled={state.busy}
              onChange={(event) => void take(event.target.files?.[0])}
            />
          </label>
        </Button>
      )}
      {state.failure && (
        <p role="alert" className="text-12 text-st-failed">
          {state.failure}
        </p>
      )}
    </div>
  );
}

/** Takes the first file that is dropped; `over` while one is held above. */
function useDrop(take: (file: File | undefined) => void) {
  const [over, setOver] = useState(false);
  const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const handlers = {
    onDragOver(event: DragEvent) {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      setOver(false);
      if (!holdsFiles(event)) return;
      event.preventDefault();
      take(event.dataTransfer.files[0]);
    },
  };
  return { over, handlers };
}
