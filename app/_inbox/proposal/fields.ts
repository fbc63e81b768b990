import type { TaskRequest } from '#nodes/core/define-node.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import type { Type } from '#nodes/core/types.ts';

/** A member of a proposal as it is shown and edited. */
export type ProposalField = {
  name: string;
  title: string;
  editable: boolean;
  kind: 'text' | 'multiline' | 'number' | 'boolean' | 'json';
};

/** The proposal as an object; a bare value becomes its one member. */
export function proposalOf(request: TaskRequest): JsonObject {
  return isObject(request.proposal) ? request.proposal : { value: request.proposal };
}

/** The members of any object, to be shown like a proposal that may not be edited. */
export function plainFieldsOf(value: JsonObject): ProposalField[] {
  return Object.entries(value).map(([name, member]) => ({
    name,
    title: titleOf(name),
    editable: false,
    kind: kindOf({ type: 'any' }, member),
  }));
}

/** Typed members of an object, all of which may be edited. */
export function typedFieldsOf(types: Readonly<Record<string, Type>>, value: JsonObject): ProposalField[] {
  return Object.entries(types).map(([name, type]) => ({
    name,
    title: titleOf(name),
    editable: true,
    kind: kindOf(type, value[name]),
  }));
}

/** What a value of a type begins as while nothing is written yet. */
export function blankOf(type: Type): Json {
  switch (type.type) {
    case 'string':
      return type.enum?.[0] ?? '';
    case 'number':
    case 'integer':
      return type.minimum ?? 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object':
      return Object.fromEntries(
        Object.entries(type.properties)
          .filter(([name]) => type.required.includes(name))
          .map(([name, member]) => [name, blankOf(member)]),
      );
    default:
      return null;
  }
}

/** The members of a proposal in the order in which the node shows them. */
export function fieldsOf(request: TaskRequest): ProposalField[] {
  const proposal = proposalOf(request);
  const shown =
    request.fields ?? Object.keys(proposal).map((name) => ({ name, title: titleOf(name), editable: request.editable }));
  return shown.map((field) => ({
    ...field,
    kind: kindOf(memberType(request.proposalType, field.name), proposal[field.name]),
  }));
}

function memberType(type: Type, name: string): Type {
  return (type.type === 'object' && type.properties[name]) || { type: 'any' };
}

function kindOf(type: Type, value: Json | undefined): ProposalField['kind'] {
  switch (type.type) {
    case 'string':
      return type.format === 'multiline' || (typeof value === 'string' && value.includes('\n')) ? 'multiline' : 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'any':
      return typeof value === 'string' ? (value.includes('\n') ? 'multiline' : 'text') : 'json';
    default:
      return 'json';
  }
}

/** Where a proposal reads like a letter: its heading fields and the one that holds the text. */
export type Letter = { heading: ProposalField[]; body: ProposalField; rest: ProposalField[] };

const headingNames = ['from', 'to', 'replyTo', 'subject'];

/** Recognises a letter by its members: to, subject, and body or text. Null for anything else. */
export function letterOf(fields: readonly ProposalField[]): Letter | null {
  const has = (name: string) => fields.some((field) => field.name === name);
  const body = fields.find((field) => (field.name === 'body' || field.name === 'text') && field.kind !== 'json');
  if (!body || !has('to') || !has('subject')) return null;
  const heading = headingNames.flatMap((name) => fields.filter((field) => field.name === name));
  return { heading, body, rest: fields.filter((field) => field !== body && !heading.includes(field)) };
}

export type FieldChange = { field: ProposalField; before: Json; after: Json };

/** The members that differ from what was proposed. */
export function changesOf(fields: readonly ProposalField[], proposed: JsonObject, edited: JsonObject): FieldChange[] {
  return fields
    .map((field) => ({ field, before: proposed[field.name] ?? null, after: edited[field.name] ?? null }))
    .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
}

function titleOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/_/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether a value has members. */
export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
