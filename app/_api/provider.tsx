'use client';
import '#nodes/core/no-eval.ts';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { type ReactNode, useState } from 'react';
import type { AppRouter } from '#server/api/root.ts';
import { fetchOrTake } from './asked-ahead.ts';
import { mayRetry, toFailure } from './failure.ts';
import { onAnswered, onSessionEnded } from './sign-in.ts';
import { TRPCProvider } from './trpc.ts';

const url = '/api/trpc';

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: signInWhereNeeded, onSuccess: onAnswered }),
    mutationCache: new MutationCache({ onError: signInWhereNeeded }),
    defaultOptions: {
      queries: { staleTime: 2_000, retry: (failures, error) => failures < 3 && mayRetry(error) },
      mutations: { retry: false },
    },
  });
}

function signInWhereNeeded(error: unknown): void {
  if (toFailure(error).code === 'UNAUTHENTICATED') onSessionEnded();
}

function createClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url }),
        false: httpBatchLink({ url, maxURLLength: 6_000, fetch: fetchOrTake }),
      }),
    ],
  });
}

/** Gives the pages their way to the server: requests in batches, subscriptions as one event stream each. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
