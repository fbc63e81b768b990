'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { Ago } from '#app/_ui/time.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import { useSession } from '../session/context.ts';
import { useNode } from './node-context.ts';

/** The address that starts this pipeline from outside. Its secret part is shown once, when it is made. */
export function WebhookAddress() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { projectId, pipelineId, autosave } = useSession();
  const { node } = useNode();
  const [url, setUrl] = useState<string | null>(null);
  const webhooks = useQuery(trpc.webhooks.list.queryOptions({ projectId, pipelineId }));
  const present = webhooks.data?.find(({ nodeId }) => nodeId === node.id);
  const changed = () => queryClient.invalidateQueries(trpc.webhooks.list.queryFilter());
  const make = useMutation(
    trpc.webhooks.create.mutationOptions({
      onSuccess: (made) => {
        setUrl(made.url);
        void changed();
      },
      onError: sayFailure('No address made'),
    }),
  );
  const onMake = async () => {
    if (await autosave.flush()) make.mutate({ projectId, pipelineId, nodeId: node.id });
  };
  return (
    <div className="grid grid-cols-1 gap-1.5 border-t border-line pt-2">
      <span className="text-12 font-medium">Address</span>
      {url ? (
        <div className="flex items-center gap-1 rounded-control bg-sunken py-1 pr-1 pl-2">
          <code className="min-w-0 flex-1 font-mono text-11 break-all">{url}</code>
          <IconButton
            size="sm"
            label="Copy the address"
            onClick={() => navigator.clipboard.writeText(url).then(() => sayDone('Address copied'))}
          >
            <Copy size={13} />
          </IconButton>
        </div>
      ) : (
        <p className="text-12 text-fg-3">
          {present ? (
            <>
              Made <Ago at={present.createdAt} /> ago; its secret part is not kept. A new address ends the old one.
            </>
          ) : (
            'POST to it starts the published version. Whoever knows it can start a run.'
          )}
        </p>
      )}
      <Button size="sm" className="justify-self-start" busy={make.isPending} onClick={onMake}>
        {present ? 'Make a new address' : 'Make an address'}
      </Button>
    </div>
  );
}
