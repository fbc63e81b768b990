/** The bar under a task whose first button takes a row of its own on a phone. */
export const decisionBar = [
  'flex min-h-[49px] flex-none flex-wrap items-center gap-2 border-t border-line px-6 py-2',
  'max-phone:grid max-phone:grid-cols-2 max-phone:px-4 max-phone:[&_button]:h-11 max-phone:[&_button:first-child]:col-span-full',
].join(' ');
