'use client';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { useModKey } from '#app/_ui/mod-key.ts';
import { places } from './places.ts';

type KeyLine = { keys: string[]; text: string };

const everywhere: KeyLine[] = [
  { keys: ['?'], text: 'These keys' },
  ...places.map((place) => ({ keys: ['G', place.key.toUpperCase()], text: place.title })),
];

const inbox: KeyLine[] = [
  { keys: ['J'], text: 'Next task' },
  { keys: ['K'], text: 'Previous task' },
  { keys: ['A'], text: 'Approve' },
  { keys: ['E'], text: 'Edit' },
  { keys: ['R'], text: 'Reject' },
];

/** All keys of the pages; the editor shows its own. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const search = useModKey('K');
  return (
    <Dialog open={open} onClose={onClose} title="Keys" description="They work while you are not typing.">
      <div className="grid grid-cols-2 gap-6 max-phone:grid-cols-1">
        <KeyList title="Everywhere" lines={[{ keys: [search], text: 'Search and commands' }, ...everywhere]} />
        <KeyList title="Inbox" lines={inbox} />
      </div>
    </Dialog>
  );
}

function KeyList({ title, lines }: { title: string; lines: KeyLine[] }) {
  return (
    <section>
      <h3 className="mb-1 text-12 font-semibold">{title}</h3>
      <dl>
        {lines.map((line) => (
          <div key={line.text} className="flex h-7 items-center justify-between">
            <dt className="text-fg-2">{line.text}</dt>
            <dd className="flex gap-1">
              {line.keys.map((key) => (
                <Kbd key={key} className="max-phone:inline-flex">
                  {key}
                </Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
