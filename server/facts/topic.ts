/** Folds a subject or a relation to what is compared: case, accents and white space make no difference. */
const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

/** Facts of one topic supersede each other: the same relation of the same subject, by entity where there is one. */
export function topicOf({
  subject,
  relation,
  entityId,
}: {
  subject: string;
  relation: string;
  entityId: string | null;
}): string {
  return `${entityId ?? fold(subject)}\n${fold(relation)}`;
}

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A fact in words, as recall answers it. */
export function factText(fact: {
  subject: string;
  relation: string;
  object: string;
  validFrom: number;
  validTo: number | null;
}): string {
  const until = fact.validTo === null ? '' : ` until ${day(fact.validTo)}`;
  return `${fact.subject} · ${fact.relation}: ${fact.object} (since ${day(fact.validFrom)}${until})`;
}
