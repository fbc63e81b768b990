import { Mail, Sparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge, RehearsalBadge } from '#app/_ui/badge.tsx';
import type { ProjectView } from '#server/projects/types.ts';
import { Group } from './group.tsx';

/** What this installation is connected to. Set by the environment when it starts, so that no secret is kept in a project. */
export function Connections({ connections }: { connections: ProjectView['connections'] }) {
  const { smtp, model } = connections;
  return (
    <Group title="Connections" lead="Set by the environment when Solograph starts; no secret is kept in a project.">
      <ul className="border-t border-line">
        <Connection
          icon={<Sparkles size={16} />}
          name="Model"
          state={model.rehearsal ? <RehearsalBadge /> : <Badge tone="good">connected</Badge>}
        >
          {model.rehearsal
            ? 'Answers are rehearsed: offline, free, and written without a language model. Set OPENAI_API_KEY, or OPENAI_BASE_URL for Ollama, vLLM or LM Studio.'
            : `${model.model}, ${model.provider}`}
        </Connection>
        <Connection
          icon={<Mail size={16} />}
          name="Mail"
          state={smtp ? <Badge tone="good">connected</Badge> : <Badge tone="warn">not set</Badge>}
        >
          {smtp
            ? 'Mail is sent through the SMTP server of SMTP_URL.'
            : 'Mail is kept in the Outbox and not sent. Set SMTP_URL, for example smtp://user:password@mail.example.com:587.'}
        </Connection>
      </ul>
    </Group>
  );
}

function Connection({
  icon,
  name,
  state,
  children,
}: {
  icon: ReactNode;
  name: string;
  state: ReactNode;
  children: ReactNode;
}) {
  return (
    <li className="flex items-start gap-3 border-b border-line py-3">
      <span className="mt-0.5 text-fg-3">{icon}</span>
      <div className="min-w-0 flex-1">
        <b className="font-medium">{name}</b>
        <p className="text-12 text-fg-2">{children}</p>
      </div>
      {state}
    </li>
  );
}
