import { cva } from 'class-variance-authority';

/** How a button looks; for what must draw one with nothing else on the page. */
export const buttonLook = cva(
  [
    'inline-flex select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-medium',
    'transition-colors duration-(--t-fast) disabled:opacity-50 aria-disabled:opacity-50',
    'max-phone:min-h-11',
  ],
  {
    variants: {
      variant: {
        default: 'border-line-strong bg-raised text-fg hover:bg-hover data-[state=open]:bg-active',
        primary: 'border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover',
        ghost: 'border-transparent bg-transparent text-fg-2 hover:bg-hover data-[state=open]:bg-active',
        danger: 'border-line-strong bg-raised text-st-failed hover:bg-st-failed-soft',
        link: 'h-auto! border-transparent px-0! text-accent-text hover:underline max-phone:min-h-9',
      },
      size: { sm: 'h-6 px-2 text-12', md: 'h-7 px-2.5', lg: 'h-8 px-3' },
      shape: { text: '', icon: 'aspect-square px-0! max-phone:min-w-11' },
    },
    defaultVariants: { variant: 'default', size: 'md', shape: 'text' },
  },
);
