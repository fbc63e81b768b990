import type { NodeCase } from '#nodes/testing/node-case.ts';

const inputs = { to: 'maria@example.test', subject: 'Your order', body: 'Dear Maria,\n…' };

export default [
  { title: 'sends', inputs, ends: { outcome: 'sent' } },
  {
    title: 'sends with a sender and an address for answers',
    inputs: { ...inputs, from: 'Northwind Foods <sales@example.test>', replyTo: 'anna@example.test' },
    ends: { outcome: 'sent' },
  },
  { title: 'says when it stayed in the Outbox', inputs, world: { withoutSmtp: true }, ends: { outcome: 'sent' } },
  {
    title: 'fails where the server turns the address away',
    inputs,
    world: { rejectedAddresses: ['maria@example.test'] },
    ends: { code: 'MAIL_REJECTED' },
  },
  {
    title: 'refuses a subject that would add a header',
    inputs: { ...inputs, subject: 'Hello\r\nBcc: all@example.test' },
    ends: { code: 'INPUT_INVALID' },
  },
] satisfies NodeCase[];
