import { z } from 'zod';
import type { AnyNodeDeclaration } from '#nodes/core/define-node.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';

/** How a value of a configuration is edited. */
export type Control =
  | { kind: 'text' }
  | { kind: 'prompt' }
  | { kind: 'cel' }
  | { kind: 'json' }
  | { kind: 'number'; integer: boolean; minimum?: number; maximum?: number }
  /** A span of time; the document holds it in units of so many milliseconds. */
  | { kind: 'duration'; unitMs: number; minimumMs: number; maximumMs: number }
  | { kind: 'boolean' }
  | { kind: 'choice'; options: string[] }
  /** Text, a number, or true and false, as it is written. */
  | { kind: 'scalar' }
  | { kind: 'list'; item: Control; blank: Json }
  | { kind: 'object'; fields: ConfigField[] }
  | { kind: 'variants'; tag: string; variants: { value: string; title: string; fields: ConfigField[] }[] };

export type ConfigField = {
  name: string;
  title: string;
  description: string;
  control: Control;
  /** Null is a value: the field may be empty. */
  nullable: boolean;
  /** What holds where nothing is given; undefined: something must be given. */
  fallback: Json | undefined;
};

const known = new WeakMap<AnyNodeDeclaration, ConfigField[]>();

/** The fields of a node type's configuration, read from its schema. */
export function configFields(declaration: AnyNodeDeclaration): ConfigField[] {
  const present = known.get(declaration);
  if (present) return present;
  const schema = z.toJSONSchema(declaration.config, { io: 'input', unrepresentable: 'any' }) as JsonObject;
  const fields = fieldsOf(schema, schema);
  known.set(declaration, fields);
  return fields;
}

/** The fields of an object schema. `root` holds its definitions. */
export function fieldsOf(schema: JsonObject, root: JsonObject): ConfigField[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).flatMap(([name, property]) =>
    isObject(property) ? [fieldOf(name, resolve(property, root), root)] : [],
  );
}

function fieldOf(name: string, schema: JsonObject, root: JsonObject): ConfigField {
  const { bare, nullable } = withoutNull(schema, root);
  return {
    name,
    title: textOf(schema.title) || name,
    description: textOf(schema.description),
    control: controlOf(
      { ...bare, widget: schema.widget ?? bare.widget ?? null, unitMs: schema.unitMs ?? bare.unitMs ?? 1 },
      root,
    ),
    nullable,
    fallback: schema.default,
  };
}

function controlOf(schema: JsonObject, root: JsonObject): Control {
  if (schema.widget === 'prompt' || schema.widget === 'cel' || schema.widget === 'json') return { kind: schema.widget };
  if (schema.widget === 'duration') return durationOf(schema);
  const variants = variantsOf(schema, root);
  if (variants.length > 0) return controlOfVariants(variants, root);
  if (Array.isArray(schema.enum)) return { kind: 'choice', options: schema.enum.map(String) };
  switch (schema.type) {
    case 'string':
      return { kind: 'text' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'number':
    case 'integer':
      return { kind: 'number', integer: schema.type === 'integer', ...boundsOf(schema) };
    case 'array': {
      const item = isObject(schema.items) ? resolve(schema.items, root) : {};
      const control = controlOf(item, root);
      return { kind: 'list', item: control, blank: blankOf(item, control) };
    }
    case 'object': {
      const fields = fieldsOf(schema, root);
      return fields.length > 0 ? { kind: 'object', fields } : { kind: 'json' };
    }
    default:
      return { kind: 'json' };
  }
}

/** Objects told apart by a constant member are variants; plain values of several kinds are written as they are. */
function controlOfVariants(variants: JsonObject[], root: JsonObject): Control {
  if (variants.every(({ type }) => type === 'string' || type === 'number' || type === 'integer' || type === 'boolean'))
    return { kind: 'scalar' };
  const tag = tagOf(variants, root);
  if (tag === null) return { kind: 'json' };
  return {
    kind: 'variants',
    tag,
    variants: variants.map((variant) => {
      const value = constantOf(variant, tag, root) as string;
      const fields = fieldsOf(variant, root).filter(({ name }) => name !== tag);
      return { value, title: textOf(variant.title) || value, fields };
    }),
  };
}

function tagOf(variants: JsonObject[], root: JsonObject): string | null {
  const [first] = variants;
  const names = first && isObject(first.properties) ? Object.keys(first.properties) : [];
  return names.find((name) => variants.every((variant) => constantOf(variant, name, root) !== null)) ?? null;
}

function constantOf(variant: JsonObject, name: string, root: JsonObject): string | null {
  const property = isObject(variant.properties) ? variant.properties[name] : undefined;
  const constant = isObject(property) ? resolve(property, root).const : undefined;
  return typeof constant === 'string' ? constant : null;
}

function withoutNull(schema: JsonObject, root: JsonObject): { bare: JsonObject; nullable: boolean } {
  const variants = variantsOf({ ...schema, oneOf: null }, root);
  const rest = variants.filter(({ type }) => type !== 'null');
  if (rest.length === variants.length) return { bare: schema, nullable: false };
  const [only] = rest;
  return { bare: only && rest.length === 1 ? only : { anyOf: rest }, nullable: true };
}

/** What a new item of a list begins with: its defaults, and empty text where text is asked for. */
function blankOf(schema: JsonObject, control: Control): Json {
  if (schema.default !== undefined) return schema.default;
  switch (control.kind) {
    case 'object':
      return Object.fromEntries(
        control.fields
          .filter(({ fallback }) => fallback === undefined)
          .map(({ name, control: inner }) => [name, blankOf({}, inner)]),
      );
    case 'number':
      return control.minimum ?? 0;
    case 'duration':
      return control.minimumMs / control.unitMs;
    case 'boolean':
      return false;
    case 'choice':
      return control.options[0] ?? '';
    case 'list':
      return [];
    case 'json':
      return {};
    case 'variants':
      return { [control.tag]: control.variants[0]?.value ?? '' };
    case 'text':
    case 'prompt':
    case 'cel':
    case 'scalar':
      return '';
    default: {
      const never: never = control;
      throw new Error(`Not a known control: ${JSON.stringify(never)}`);
    }
  }
}

const longestMs = 366 * 86_400_000;

function durationOf(schema: JsonObject): Control {
  const unitMs = typeof schema.unitMs === 'number' ? schema.unitMs : 1;
  const { minimum = 0, maximum = longestMs / unitMs } = boundsOf(schema);
  return { kind: 'duration', unitMs, minimumMs: minimum * unitMs, maximumMs: maximum * unitMs };
}

function boundsOf({ minimum, maximum }: JsonObject): { minimum?: number; maximum?: number } {
  return {
    ...(typeof minimum === 'number' ? { minimum } : {}),
    ...(typeof maximum === 'number' ? { maximum } : {}),
  };
}

function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  if (typeof schema.$ref !== 'string') return schema;
  const definitions = isObject(root.$defs) ? root.$defs : {};
  const target = definitions[schema.$ref.replace('#/$defs/', '')];
  return isObject(target) ? { ...target, ...schema, $ref: null } : schema;
}

/** `anyOf`, `oneOf`, and a list of types, which says the same. */
function variantsOf(schema: JsonObject, root: JsonObject): JsonObject[] {
  if (!Array.isArray(schema.type)) return listOf(schema.oneOf ?? schema.anyOf, root);
  return schema.type.map((type) => ({ ...schema, type }));
}

function listOf(value: Json | undefined, root: JsonObject): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject).map((schema) => resolve(schema, root)) : [];
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
