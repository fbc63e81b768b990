'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { createColumnHelper } from '@tanstack/react-table';
import { Building2, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { PageBar, PageBody } from '#app/_shell/page.tsx';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { brief } from '#app/_ui/brief.ts';
import { Button } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { SearchInput } from '#app/_ui/search-input.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { Ago } from '#app/_ui/time.tsx';
import { useDebounced } from '#app/_ui/use-debounced.ts';
import type { EntityRow } from '#server/entities/types.ts';

/** The customers, products and other things that pipelines know, to be searched. */
export function EntitiesPage() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const [text, setText] = useState('');
  const query = useDebounced(text.trim(), 250);
  const entities = useInfiniteQuery(
    trpc.entities.list.infiniteQueryOptions(
      { projectId, limit: 50, ...(query ? { query } : {}) },
      { getNextPageParam: (page) => page.next ?? undefined, placeholderData: keepPreviousData },
    ),
  );
  const rows = entities.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageBar
        title="Entities"
        actions={
          <SearchInput label="Search entities" value={text} onChange={setText} className="w-64 max-phone:w-44" />
        }
      />
      <PageBody>
        {entities.isError && !entities.data && (
          <QueryFailure error={entities.error} onRetry={() => entities.refetch()} />
        )}
        {entities.isPending && <SkeletonRows rows={10} />}
        {entities.data && rows.length === 0 && <None query={query} />}
        {rows.length > 0 && <EntityTable rows={rows} />}
        {entities.hasNextPage && (
          <div className="grid place-items-center py-4">
            <Button busy={entities.isFetchingNextPage} onClick={() => entities.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </PageBody>
    </>
  );
}

function None({ query }: { query: string }) {
  if (query !== '')
    return (
      <EmptyState icon={SearchX} title={`No entity is found for “${query}”`}>
        Search for a part of its key or of a value.
      </EmptyState>
    );
  return (
    <EmptyState icon={Building2} title="No entity yet">
      Customers, orders, products: a pipeline with a Save entity step adds them here, and keeps every change of theirs.
    </EmptyState>
  );
}

const column = createColumnHelper<EntityRow>();

function EntityTable({ rows }: { rows: EntityRow[] }) {
  const to = useTo();
  const columns = useMemo(
    () => [
      column.accessor((row) => brief(row.data, 60), {
        id: 'name',
        header: 'Name',
        cell: ({ row: { original }, getValue }) => (
          <Link href={to('entities', original.id)} className="text-13 font-medium after:absolute after:inset-0">
            {getValue()}
          </Link>
        ),
      }),
      column.accessor('type', { header: 'Type', meta: { className: 'w-28' } }),
      column.accessor('key', { header: 'Key', meta: { className: 'w-48', phone: 'hide' } }),
      column.accessor('version', { header: 'Version', meta: { className: 'w-20 text-right', phone: 'hide' } }),
      column.accessor('updatedAt', {
        header: 'Changed',
        cell: ({ getValue }) => <Ago at={getValue()} className="text-fg-2" />,
        meta: { className: 'w-24 text-right' },
      }),
    ],
    [to],
  );
  return <DataTable columns={columns} data={rows} rowId={(row) => row.id} label="Entities" />;
}
