import type { AnyNodeDeclaration } from './define-node.ts';
import type { JsonObject } from './json.ts';

/** A configuration and the version of the node type that it is written for. */
export type WrittenConfig = { version: number; config: JsonObject };

/** What becomes of a configuration, one version at a time; the first step is the configuration as it is written. */
export function configByVersion(declaration: AnyNodeDeclaration, { version, config }: WrittenConfig): WrittenConfig[] {
  const steps = [{ version, config }];
  for (let from = version; from < declaration.version; from += 1) {
    const before = (steps.at(-1) as WrittenConfig).config;
    steps.push({ version: from + 1, config: declaration.migrations?.[from]?.(before) ?? before });
  }
  return steps;
}

/** A configuration as the declaration's version writes it. One of a later version is left as it is. */
export function currentConfig(declaration: AnyNodeDeclaration, written: WrittenConfig): JsonObject {
  return (configByVersion(declaration, written).at(-1) as WrittenConfig).config;
}

/** Reads a configuration of whatever version with the declaration's schema. Null where it does not fit. */
export function readConfig(declaration: AnyNodeDeclaration, written: WrittenConfig): unknown {
  const parsed = declaration.config.safeParse(currentConfig(declaration, written));
  return parsed.success ? parsed.data : null;
}

/**
 * The configuration with which a node runs that was compiled by earlier software: brought to what its effect reads now.
 * The very same where nothing is to be done.
 */
export function runnableConfig(declaration: AnyNodeDeclaration | undefined, compiled: WrittenConfig): JsonObject {
  if (!declaration || compiled.version >= declaration.version) return compiled.config;
  return declaration.config.parse(currentConfig(declaration, compiled)) as JsonObject;
}
