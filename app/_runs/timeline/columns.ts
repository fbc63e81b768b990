/** The columns that the head and every row of the timeline share: names, track, and status, time and amount. */
export const timelineColumns =
  'grid grid-cols-[var(--timeline-names,200px)_minmax(0,1fr)_var(--timeline-facts,344px)] max-wide:grid-cols-[168px_minmax(0,1fr)_200px] max-phone:grid-cols-[132px_minmax(0,1fr)_84px]';
export const factColumns =
  'grid grid-cols-[minmax(0,1fr)_80px_72px] items-center gap-2 border-l border-line px-4 text-11 max-wide:grid-cols-[minmax(0,1fr)_76px] max-phone:px-2 max-phone:grid-cols-1';
