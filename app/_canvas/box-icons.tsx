'use client';
import { useTheme } from 'next-themes';
import { useEffect, useRef, useState } from 'react';
import { statuses } from '#app/_ui/status.ts';
import { StatusIcon } from '#app/_ui/status-icon.tsx';

/** Idle says nothing: that is most of what there is. */
const shown = statuses.filter((status) => status !== 'idle');

/**
 * The status icons as pictures, behind the cards that are boxes. Another picture on a box is painted within it; another
 * element in it would be laid out, and the layers of the whole canvas with it.
 */
export function BoxIcons() {
  const samples = useRef<HTMLDivElement>(null);
  const { resolvedTheme } = useTheme();
  const [styles, setStyles] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: in another theme the hues are other ones
  useEffect(() => {
    // The theme stands on the page a moment after it is known here.
    const frame = requestAnimationFrame(() => setStyles(stylesOf(samples.current)));
    return () => cancelAnimationFrame(frame);
  }, [resolvedTheme]);
  return (
    <div ref={samples} hidden>
      <style>{styles}</style>
      {shown.map((status) => (
        <i key={status} data-icon={status}>
          <StatusIcon status={status} size={56} />
        </i>
      ))}
    </div>
  );
}

/** One rule for each status: as custom properties of the canvas they would have to be styled into everything on it. */
function stylesOf(samples: HTMLElement | null): string {
  const icons = [...(samples?.querySelectorAll<SVGElement>('[data-icon] > svg') ?? [])];
  return icons
    .map((icon) => {
      const selector = `.sg-card.is-box[data-status="${icon.parentElement?.dataset.icon}"]`;
      return `${selector} { background-image: ${pictureOf(icon)}; }`;
    })
    .join('\n');
}

/** The icon as it stands on the page, with its colours in it: a picture knows no tokens. */
function pictureOf(icon: SVGElement): string {
  const copy = icon.cloneNode(true) as SVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const inCopy = [copy, ...copy.querySelectorAll('*')];
  for (const [at, part] of [icon, ...icon.querySelectorAll('*')].entries())
    if (part.hasAttribute('stroke')) inCopy[at]?.setAttribute('stroke', getComputedStyle(part).stroke);
  return `url("data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}")`;
}
