import type { MemoryPolicy } from '#server/projects/settings.ts';

export type { MemoryPolicy };

/** The policy as it stands in the form. */
type Written = { most: string; days: string };
type Read = { value: MemoryPolicy | null; wrong: { most: string | null; days: string | null } };

const most = { items: 10_000_000, days: 36_500 };

/** Reads a policy from its form; the value is null where something is wrong, which is said by field. */
export function policyOf(written: Written): Read {
  const items = wholeOf(written.most, most.items);
  const days = written.days.trim() === '' ? null : wholeOf(written.days, most.days);
  return {
    value: items === undefined || days === undefined ? null : { mostItems: items, episodicDays: days },
    wrong: {
      most: items === undefined ? `Write a whole number from 1 to ${most.items}.` : null,
      days: days === undefined ? `Write a whole number from 1 to ${most.days}, or nothing.` : null,
    },
  };
}

function wholeOf(text: string, limit: number): number | undefined {
  const value = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= limit ? value : undefined;
}
