'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ArrowLeft, Send, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { PageBar } from '#app/_shell/page.tsx';
import { useProject, useProjectId, useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { plural } from '#app/_ui/format.ts';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { Ago } from '#app/_ui/time.tsx';
import type { MailRow } from '#server/outbox/types.ts';
import { MailView } from './mail-view.tsx';

/** Mail that was kept instead of being sent, because no mail server is set. */
export function OutboxPage() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const named = useSearchParams().get('mail');
  const mails = useInfiniteQuery(
    trpc.outbox.list.infiniteQueryOptions(
      { projectId, limit: 50 },
      { getNextPageParam: (page) => page.next ?? undefined, refetchInterval: 5_000 },
    ),
  );
  const rows = mails.data?.pages.flatMap((page) => page.items) ?? [];
  const selected = named ?? rows[0]?.id ?? null;
  return (
    <>
      <PageBar
        title="Outbox"
        aside={rows.length > 0 ? `${plural(rows.length, 'mail')}${mails.hasNextPage ? ' shown' : ''}` : undefined}
      />
      <NotSent />
      {mails.isError && !mails.data && <QueryFailure error={mails.error} onRetry={() => mails.refetch()} />}
      {mails.isPending && <SkeletonRows rows={8} rowClass="h-14" />}
      {mails.data && rows.length === 0 && (
        <EmptyState icon={Send} title="The outbox is empty">
          While no mail server is set, mail that a pipeline would send is kept here instead, and is not sent.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <div className="flex min-h-0 flex-1">
          <section
            aria-label="Mails"
            className={cn(
              'w-96 flex-none overflow-y-auto border-r border-line max-phone:w-full max-phone:border-0',
              named && 'max-phone:hidden',
            )}
          >
            <ul>
              {rows.map((mail) => (
                <MailItem key={mail.id} mail={mail} current={mail.id === selected} />
              ))}
            </ul>
            {mails.hasNextPage && (
              <div className="grid place-items-center py-3">
                <Button size="sm" busy={mails.isFetchingNextPage} onClick={() => mails.fetchNextPage()}>
                  Show older mail
                </Button>
              </div>
            )}
          </section>
          <div className={cn('min-w-0 flex-1 overflow-y-auto', !named && 'max-phone:hidden')}>
            {selected && <Detail id={selected} />}
          </div>
        </div>
      )}
    </>
  );
}

function NotSent() {
  const project = useProject();
  const smtp = project.data?.connections.smtp;
  return (
    <p className="flex min-h-10 flex-none items-center gap-2 border-b border-line bg-st-waiting-soft px-6 py-2 text-st-waiting max-phone:px-4">
      <TriangleAlert size={16} className="flex-none" aria-hidden="true" />
      <span>
        <b>{smtp ? 'Not sent.' : 'Not sent: no SMTP server is set.'}</b>{' '}
        {smtp
          ? 'These were kept while no SMTP server was set. New mail is sent.'
          : 'Start Solograph with SMTP_URL=smtp://user:password@host:587 and new mail is sent; what is kept here stays unsent.'}
      </span>
    </p>
  );
}

function MailItem({ mail, current }: { mail: MailRow; current: boolean }) {
  const to = useTo();
  return (
    <li>
      <Link
        href={`${to('outbox')}?mail=${mail.id}`}
        scroll={false}
        aria-current={current || undefined}
        className="focus-inset grid border-b border-line px-6 py-2 hover:bg-hover aria-[current]:bg-accent-soft max-phone:px-4 max-phone:py-3 max-phone:aria-[current]:bg-transparent"
      >
        <span className="flex gap-2">
          <b className="flex-1 truncate font-medium">{mail.to}</b>
          <Ago at={mail.createdAt} className="text-12 text-fg-3" />
        </span>
        <span className="truncate text-12 text-fg-2">{mail.subject}</span>
      </Link>
    </li>
  );
}

function Detail({ id }: { id: string }) {
  const trpc = useTRPC();
  const to = useTo();
  const projectId = useProjectId();
  const mail = useQuery(trpc.outbox.get.queryOptions({ projectId, id }));
  return (
    <div className="px-6 py-5 max-phone:px-4 max-phone:py-3">
      <Button asChild variant="ghost" className="mb-2 hidden max-phone:inline-flex">
        <Link href={to('outbox')}>
          <ArrowLeft size={16} aria-hidden="true" />
          All mail
        </Link>
      </Button>
      {mail.isError && !mail.data && <QueryFailure error={mail.error} onRetry={() => mail.refetch()} className="m-0" />}
      {mail.isPending && <SkeletonRows rows={4} />}
      {mail.data && <MailView mail={mail.data} />}
    </div>
  );
}
