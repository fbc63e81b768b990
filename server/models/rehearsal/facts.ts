import type { ModelMessage } from '#nodes/core/capabilities.ts';

/** What a prompt says in so many words: `Label: value` lines, members of JSON in it, and items of its lists. */
export type Facts = {
  labelled: Map<string, string>;
  listed: string[];
  contact: string | null;
  company: string | null;
  sender: string | null;
  /** First line of the request, for what it is about. */
  request: string;
};

const longestPrompt = 50_000;
const contactLabels = ['contact', 'contactname', 'name', 'fullname', 'customername', 'recipient', 'person', 'lead'];
const companyLabels = [
  'company',
  'companyname',
  'organisation',
  'organization',
  'business',
  'account',
  'customer',
  'client',
];
const senderLabels = ['from', 'sender', 'sendername', 'signature', 'signedby', 'myname', 'ourname'];
const nothing = /^(?:none|nothing|null|undefined|n\/?a|unknown|-+|—)?\.?$/i;

/** Reads the facts of a request: of what the user says, not of the instructions. */
export function readFacts(messages: ModelMessage[]): Facts {
  const said = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  const lines = said.join('\n').slice(0, longestPrompt).split(/\r?\n/);
  const labelled = new Map<string, string>();
  const listed: string[] = [];
  for (const line of lines.map((each) => each.trim())) {
    const item = /^(?:\d{1,3}[.)]|[-*•])\s+(.+)$/.exec(line)?.[1];
    for (const [label, value] of pairsIn(item ?? line)) if (!labelled.has(label)) labelled.set(label, value);
    if (item && !nothing.test(item.trim())) listed.push(item.trim());
  }
  const known = (labels: string[]) => labels.map((label) => labelled.get(label)).find((value) => value) ?? null;
  return {
    labelled,
    listed,
    contact: known(contactLabels) ?? addressee(lines),
    company: known(companyLabels),
    sender: known(senderLabels),
    request: lines.find((line) => line.trim() !== '')?.trim() ?? '',
  };
}

/** Folds a name to what is compared: `contactName`, `Contact name` and `contact_name` are the same. */
export function fold(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function pairsIn(line: string): [string, string][] {
  const members = [
    ...line.matchAll(/"([^"\\]{1,40})"\s*:\s*(?:"([^"\\]{1,500})"|(-?\d{1,15}(?:\.\d{1,9})?|true|false))/g),
  ];
  if (members.length > 0)
    return members.map(([, label = '', text, other]) => [fold(label), (text ?? other ?? '').trim()]);
  const plain = /^([\p{L}][\p{L}\p{N} _-]{0,39}):\s+(\S.*)$/u.exec(line);
  const [, label = '', value = ''] = plain ?? [];
  return plain && !nothing.test(value.trim()) ? [[fold(label), value.trim()]] : [];
}

/** "Write to Maria Anders about …" */
function addressee(lines: string[]): string | null {
  for (const line of lines) {
    const found = /\b(?:to|for|with)\s+(\p{Lu}[\p{L}'’.-]{1,30}(?:\s+\p{Lu}[\p{L}'’.-]{1,30}){0,3})/u.exec(line);
    if (found?.[1]) return found[1].replace(/[.]$/, '');
  }
  return null;
}
