import { env } from '#server/env.ts';
import { type Finding, finding } from './finding.ts';

/** What is configured, so that a surprise is none. */
export function checkSettings(): Finding[] {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL, SMTP_URL, SOLOGRAPH_HOME } = env();
  const model =
    OPENAI_API_KEY || OPENAI_BASE_URL
      ? `${OPENAI_MODEL} at ${OPENAI_BASE_URL ?? 'OpenAI'}`
      : 'rehearsal, no language model (set OPENAI_API_KEY or OPENAI_BASE_URL)';
  const mail = SMTP_URL ? 'SMTP server is set' : 'kept in the Outbox, not sent (set SMTP_URL)';
  return [
    finding('settings', 'ok', { where: 'home', what: SOLOGRAPH_HOME }),
    finding('settings', 'ok', { where: 'model', what: model }),
    finding('settings', 'ok', { where: 'mail', what: mail }),
  ];
}
