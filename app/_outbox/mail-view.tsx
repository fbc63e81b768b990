'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTo } from '#app/_shell/project.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Moment } from '#app/_ui/time.tsx';
import type { MailView as Mail } from '#server/outbox/types.ts';

/** A mail as it would have left. */
export function MailView({ mail }: { mail: Mail }) {
  const to = useTo();
  return (
    <article className="max-w-180 rounded-card border border-line-strong bg-raised">
      <dl className="border-b border-line px-5 py-3 leading-[22px]">
        <Line name="From">{mail.from}</Line>
        <Line name="To">{mail.to}</Line>
        <Line name="Subject">
          <b>{mail.subject}</b>
        </Line>
      </dl>
      <p className="px-5 pt-4 pb-5 text-14 leading-[22px] break-words whitespace-pre-wrap">{mail.text}</p>
      <footer className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-5 py-2 text-12 text-fg-3">
        <Badge tone="warn">not sent</Badge>
        <span>
          kept <Moment at={mail.createdAt} />
        </span>
        <Link href={to('runs', mail.runId)} className="font-medium text-accent-text hover:underline">
          The run that wrote it
        </Link>
        <code className="font-mono text-11 break-all">{mail.messageId}</code>
      </footer>
    </article>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[60px_minmax(0,1fr)]">
      <dt className="text-fg-3">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
