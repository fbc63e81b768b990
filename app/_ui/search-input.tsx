'use client';
import { Search } from 'lucide-react';
import { cn } from './cn.ts';
import { Input } from './input.tsx';

/** A line to search with; `label` names it. */
export function SearchInput({
  value,
  onChange,
  label,
  placeholder,
  className,
}: {
  value: string;
  onChange: (value: string) => void;
  label: string;
  placeholder?: string;
  className?: string;
}) {
  return (
    <span className={cn('relative block', className)}>
      <Search
        size={14}
        className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-fg-3"
        aria-hidden="true"
      />
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder ?? label}
        className="pl-7"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}
