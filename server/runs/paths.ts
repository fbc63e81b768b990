import { innermost } from '#nodes/core/program.ts';

/** A path and those of the iterations around it, innermost first; the run itself, '', is the last. */
export function enclosingPaths(path: string): string[] {
  const paths = [path];
  for (let at = innermost(path); at; at = innermost(at.parent)) paths.push(at.parent);
  return paths;
}
