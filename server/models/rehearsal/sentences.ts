import type { Facts } from './facts.ts';

/** Texts that a rehearsal is made of. All of them follow from the facts; `pick` chooses among equals, always the same. */
export type Writer = { facts: Facts; pick: <T>(of: readonly [T, ...T[]]) => T };

const longestQuote = 180;
// A rehearsal never speaks of money: what it quotes must not read as an offer.
const aboutMoney = /[$€£¥%]|\b(?:discounts?|rebates?|prices?|offers?|free|cheap\w*|USD|EUR|GBP)\b/i;

/** One remembered thing that may be quoted, without its full stop; null where there is none. */
export function rememberedFact({ facts }: Writer): string | null {
  const usable = facts.listed.filter((fact) => !aboutMoney.test(fact));
  const fact = usable.find((each) => each.length <= longestQuote) ?? usable[0];
  return fact ? cut(fact, longestQuote).replace(/[\s.…:;,]+$/, '') : null;
}

export function subjectLine(writer: Writer): string {
  const { company, contact } = writer.facts;
  const whom = company ?? contact;
  return whom
    ? writer.pick([`Following up with ${whom}`, `A short follow-up for ${whom}`, `Keeping in touch with ${whom}`])
    : writer.pick(['A short follow-up', 'Keeping in touch']);
}

export function mailBody(writer: Writer): string {
  const { company, contact, sender } = writer.facts;
  const fact = rememberedFact(writer);
  const opening = company
    ? writer.pick([
        `I am writing to follow up with ${company}.`,
        `I wanted to get back in touch with you and everyone at ${company}.`,
        `It is time that I asked how things are going at ${company}.`,
      ])
    : 'I am writing to follow up and to ask how things are going.';
  const memory = fact
    ? writer.pick([`Our notes say: ${fact}.`, `I looked at our notes before writing: ${fact}.`])
    : 'We have not been in touch before, so a few words about what you need would help me.';
  const question = writer.pick([
    'Is there anything that you need from us at the moment?',
    'Is there anything that we can help you with?',
    'What would be useful to you in the coming weeks?',
  ]);
  const closing = sender ? `Kind regards\n${sender}` : 'Kind regards';
  const greeting = contact ? `Hello ${contact},` : 'Hello,';
  return `${greeting}\n\n${opening} ${memory}\n\n${question} A short answer is enough, and I will see to the rest.\n\n${closing}`;
}

export function reasonLine(writer: Writer): string {
  const { company, contact, request } = writer.facts;
  const whom = company ?? contact;
  const fact = rememberedFact(writer);
  if (fact) return `Because of what is on record${whom ? ` for ${whom}` : ''}: ${fact}.`;
  if (whom) return `Nothing is on record for ${whom} yet, so this is a first contact.`;
  return `Follows from the request: ${cut(request, longestQuote)}`;
}

export function summaryLine(writer: Writer): string {
  const { facts } = writer;
  const shown = [...facts.labelled].slice(0, 4).map(([, value]) => cut(value, 80));
  const fact = rememberedFact(writer);
  if (shown.length === 0 && !fact) return `About: ${cut(facts.request, longestQuote)}`;
  const known = fact ? ` On record: ${fact}.` : '';
  return shown.length > 0 ? `About ${shown.join(', ')}.${known}` : known.trim();
}

/** Cuts at the end of a word. */
export function cut(text: string, longest: number): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= longest) return plain;
  const start = plain.slice(0, longest - 1);
  const space = start.lastIndexOf(' ');
  return `${(space > longest / 2 ? start.slice(0, space) : start).toWellFormed()}…`;
}
