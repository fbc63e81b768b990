'use client';
import { CircleX } from 'lucide-react';
import Link from 'next/link';
import { useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { Moment } from '#app/_ui/time.tsx';
import type { Today } from '#server/today/types.ts';
import { Block, Quiet, Row, Subject } from './block.tsx';

/** What failed today and why; each opens its run at the step. */
export function Broke({ failures }: { failures: Today['broke'] }) {
  const to = useTo();
  return (
    <Block title="What broke" count={failures.length}>
      {failures.length === 0 && <Quiet>Nothing broke today.</Quiet>}
      <ul>
        {failures.map((each) => (
          <Row key={`${each.runId} ${each.state}`} columns="grid-cols-[24px_minmax(0,1fr)_128px_72px_72px]">
            <CircleX size={16} className="text-st-failed" aria-label="Failed" />
            <Subject name={each.title} about={each.failure.message} />
            <span className="truncate text-fg-2">{each.pipelineName}</span>
            <Moment at={each.at} className="text-right text-fg-2" />
            <span className="text-right max-phone:ml-auto">
              <Button asChild size="sm">
                <Link href={`${to('runs', each.runId)}${each.state ? `?step=${each.state}` : ''}`}>Open</Link>
              </Button>
            </span>
          </Row>
        ))}
      </ul>
    </Block>
  );
}
