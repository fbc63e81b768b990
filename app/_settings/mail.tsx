import { Mail as MailIcon } from 'lucide-react';
import { Badge } from '#app/_ui/badge.tsx';
import type { ProjectView } from '#server/projects/types.ts';
import { Group } from './group.tsx';

/** How mail leaves. Set by the environment when the installation starts. */
export function Mail({ connections: { smtp } }: { connections: ProjectView['connections'] }) {
  return (
    <Group title="Mail" lead="Set by the environment when Solograph starts.">
      <div className="flex items-start gap-3">
        <MailIcon size={16} className="mt-0.5 flex-none text-fg-3" />
        <p className="min-w-0 flex-1 text-12 text-fg-2">
          {smtp
            ? 'Mail is sent through the SMTP server of SMTP_URL.'
            : 'Mail is kept in the Outbox and not sent. Set SMTP_URL, for example smtp://user:password@mail.example.com:587.'}
        </p>
        {smtp ? <Badge tone="good">connected</Badge> : <Badge tone="warn">not set</Badge>}
      </div>
    </Group>
  );
}
