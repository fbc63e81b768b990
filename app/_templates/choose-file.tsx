'use client';
import { FileUp } from 'lucide-react';
import { useId, useState } from 'react';
import { cn } from '#app/_ui/cn.ts';

const mostBytes = 4_000_000;

export type ChosenDocument = { fileName: string; document: unknown };

/** Takes a file by choosing or dropping it, and reads it as JSON. Says what is wrong where it cannot. */
export function ChooseFile({ onChosen }: { onChosen: (chosen: ChosenDocument) => void }) {
  const id = useId();
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const read = await readDocument(file);
    setProblem(read.problem);
    if (read.problem === null) onChosen({ fileName: file.name, document: read.document });
  };
  return (
    <div>
      <label
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
        className={cn(
          'flex flex-col items-center gap-2 rounded-card border border-dashed border-edge px-6 py-10 text-center hover:bg-hover',
          'focus-within:border-accent focus-within:ring-2 focus-within:ring-accent',
          over && 'border-accent bg-accent-soft',
        )}
      >
        <FileUp size={20} strokeWidth={1.6} className="text-fg-3" aria-hidden="true" />
        <span className="font-medium">Choose a pipeline file, or drop it here</span>
        <span className="text-12 text-fg-3">
          A .json file that was exported from Solograph, at most 4 MB. Nothing runs yet.
        </span>
        <input
          id={id}
          type="file"
          accept=".json,application/json"
          className="sr-only"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </label>
      {problem && (
        <p role="alert" className="mt-2 rounded-control bg-st-failed-soft px-2.5 py-2 text-12 text-st-failed">
          {problem}
        </p>
      )}
    </div>
  );
}

type Read = { problem: string } | { problem: null; document: unknown };

async function readDocument(file: File): Promise<Read> {
  if (file.size > mostBytes) return { problem: `${file.name} is larger than 4 MB. Choose a pipeline file.` };
  try {
    return { problem: null, document: JSON.parse(await file.text()) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: `${file.name} is not a pipeline file: it is not JSON (${why}). Export the pipeline again.` };
  }
}
