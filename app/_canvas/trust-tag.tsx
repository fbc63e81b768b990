'use client';
import { Eraser, Eye, LogIn, type LucideIcon, ShieldAlert, ShieldCheck, Waypoints } from 'lucide-react';
import { type TrustMark, useTrustMark } from './context.ts';

const looks: Record<TrustMark['kind'], { icon: LucideIcon; word: string; says: string }> = {
  enters: { icon: LogIn, word: 'untrusted text enters', says: 'What it gives was written by strangers' },
  passes: {
    icon: Waypoints,
    word: 'untrusted text passes',
    says: 'It reads untrusted text, and what it gives may hold it',
  },
  reads: { icon: Eye, word: 'reads untrusted text', says: 'It reads untrusted text; what it gives holds none' },
  person: { icon: ShieldCheck, word: 'you decide', says: 'A person decides here after untrusted text has entered' },
  sanitiser: { icon: Eraser, word: 'stops here', says: 'It leaves nothing of untrusted text' },
  leak: {
    icon: ShieldAlert,
    word: 'untrusted text leaks',
    says: 'Untrusted text reaches an action that cannot be taken back',
  },
};

/** What untrusted text does at a card; seen while the Trust overlay is on. */
export function TrustTag({ id }: { id: string }) {
  const mark = useTrustMark(id);
  if (!mark) return null;
  const { icon: Icon, word, says } = looks[mark.kind];
  return (
    <span
      className={`sg-trust is-${mark.kind}`}
      data-trust-mark={mark.kind}
      title={`${says}${mark.inputs === '' ? '.' : ` (${mark.inputs}).`}`}
    >
      <Icon size={11} strokeWidth={2.2} aria-hidden="true" />
      <span>{word}</span>
    </span>
  );
}
