export type LockEntry = {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  cpu?: string[];
  os?: string[];
  libc?: string[];
};
export type LockPackages = Record<
  string,
  LockEntry & { optionalDependencies?: Record<string, string>; resolved?: string }
>;

export function missingEntries(packages: LockPackages): Record<string, LockEntry>;
