export type MailRow = {
  id: string;
  messageId: string;
  runId: string;
  from: string;
  to: string;
  subject: string;
  createdAt: number;
};
export type MailView = MailRow & { text: string };
