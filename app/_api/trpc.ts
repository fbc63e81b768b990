'use client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/api/root.ts';

/** Typed access to the server: `useTRPC().runs.list.queryOptions({ projectId })`. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
