import { integer } from '#app/_ui/format.ts';
import type { Today } from '#server/today/types.ts';
import { Block, Quiet } from './block.tsx';

/** What finished steps of today achieved, by pipeline. */
export function Outcomes({ outcomes }: { outcomes: Today['outcomes'] }) {
  return (
    <Block title="Outcomes" aside={<span className="text-fg-3">since 00:00</span>}>
      {outcomes.length === 0 && <Quiet>Mails sent, records changed and decisions taken are counted here.</Quiet>}
      <ul className={outcomes.length > 0 ? 'border-t border-line' : undefined}>
        {outcomes.map((each) => (
          <li key={`${each.pipelineName} ${each.title}`} className="flex h-12 items-center border-b border-line">
            <span className="min-w-0 flex-1">
              <span className="block truncate">{each.title}</span>
              <span className="block truncate text-12 text-fg-3">{each.pipelineName}</span>
            </span>
            <b className="text-14">{integer(each.count)}</b>
          </li>
        ))}
      </ul>
    </Block>
  );
}
