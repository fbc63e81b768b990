/** The mark: one point that leads to two. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      className="flex-none fill-current text-accent-text"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
    >
      <circle cx="4.5" cy="10" r="2.5" />
      <circle cx="15.5" cy="4.5" r="2.5" />
      <circle cx="15.5" cy="15.5" r="2.5" />
      <path d="M7 10c4 0 2.5-5.5 6-5.5M7 10c4 0 2.5 5.5 6 5.5" fill="none" />
    </svg>
  );
}
