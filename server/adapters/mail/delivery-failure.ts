import { NodeError } from '#nodes/core/errors.ts';
import type { DeliveryFailed } from './transport.ts';

type SmtpError = Error & { code?: string; responseCode?: number; response?: string; command?: string };

/**
 * The coded failure of a mail that was not delivered. A refusal by the server, or a connection that failed before the
 * text went out, means that nothing was sent; a connection that failed afterwards leaves it open.
 */
export function failureOf(failed: DeliveryFailed, server: string): NodeError {
  const error = failed.cause as SmtpError;
  const status = error.responseCode ?? 0;
  const said = (error.response ?? error.message).replace(/\s+/g, ' ').slice(0, 300);
  const more = { cause: error, happened: 'no' as const, ...(status ? { details: { status } } : {}) };
  if (error.code === 'EAUTH' || error.code === 'ENOAUTH')
    return new NodeError(
      status >= 400 && status < 500 ? 'MAIL_UNAVAILABLE' : 'MAIL_REJECTED',
      `The mail server ${server} refused the login: ${said}. Check user name and password in SMTP_URL.`,
      more,
    );
  // 421 and 503 say that the session ended or is out of step; the mail itself was not judged.
  if (status >= 500 && status !== 503)
    return new NodeError('MAIL_REJECTED', `The mail server ${server} refused the mail: ${said}`, more);
  if (status >= 400)
    return new NodeError('MAIL_UNAVAILABLE', `The mail server ${server} does not take the mail now: ${said}`, more);
  if (!failed.begun && (error.code === 'EENVELOPE' || error.code === 'EMESSAGE'))
    return new NodeError('MAIL_REJECTED', `The mail cannot be sent: ${said}`, more);
  if (!failed.begun)
    return new NodeError(
      'MAIL_UNAVAILABLE',
      `The mail server ${server} cannot be used: ${said}. Check SMTP_URL and that the server is up.`,
      more,
    );
  return new NodeError('MAIL_UNAVAILABLE', `The connection to ${server} failed while the mail was sent: ${said}`, {
    cause: error,
    happened: 'unknown',
  });
}
