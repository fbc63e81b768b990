'use client';
import { useState } from 'react';
import { TabList, TabPanel, Tabs } from '#app/_ui/tabs.tsx';
import type { TaskRequest } from '#nodes/core/define-node.ts';
import type { JsonObject } from '#nodes/core/json.ts';
import type { TaskView } from '#server/inbox/types.ts';
import { EffectsList } from './effects-list.tsx';
import { EditForm } from './proposal/edit-form.tsx';
import { changesOf, type FieldChange, fieldsOf, type ProposalField, proposalOf } from './proposal/fields.ts';
import { ProposalCard } from './proposal/proposal-card.tsx';
import { changeCount, wordDiff } from './proposal/word-diff.ts';
import { TaskTitle } from './task-head.tsx';

export type ApprovalEditing = {
  /** The proposal as the operator left it; null while nothing was edited. */
  edited: JsonObject | null;
  editing: boolean;
  onEdit: (value: JsonObject | null) => void;
  onEditing: (editing: boolean) => void;
};

/** What would happen: as a preview, as the operator's changes, and as it is stored. */
export function Approval({ task, request, ...edit }: { task: TaskView; request: TaskRequest } & ApprovalEditing) {
  const fields = fieldsOf(request);
  const proposed = proposalOf(request);
  const value = edit.edited ?? decidedValue(task) ?? proposed;
  const [tab, setTab] = useState<string | null>(null);
  return (
    <div className="min-w-0 overflow-y-auto px-6 py-5 max-phone:px-4 max-phone:py-3">
      <TaskTitle task={task} />
      {edit.editing ? (
        <div className="mt-4">
          <EditForm
            fields={fields}
            value={value}
            onChange={edit.onEdit}
            onDone={() => {
              setTab(null);
              edit.onEditing(false);
            }}
            onDiscard={() => {
              setTab(null);
              edit.onEdit(null);
              edit.onEditing(false);
            }}
          />
        </div>
      ) : (
        <Views fields={fields} proposed={proposed} value={value} tab={tab} onTab={setTab} />
      )}
      {task.status === 'open' && <EffectsList effects={task.effects} />}
    </div>
  );
}

type ViewsProps = {
  fields: readonly ProposalField[];
  proposed: JsonObject;
  value: JsonObject;
  /** The view that was chosen; null: the one that tells most. */
  tab: string | null;
  onTab: (tab: string) => void;
};

function Views({ fields, proposed, value, tab, onTab }: ViewsProps) {
  const changes = changesOf(fields, proposed, value);
  const places = changes.reduce((sum, change) => sum + placesOf(change), 0);
  const shown = tab ?? (changes.length > 0 ? 'changes' : 'preview');
  return (
    <Tabs value={shown} onValueChange={onTab}>
      <div className="mt-4 mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 max-phone:mt-3">
        <TabList
          label="How to see it"
          className="max-phone:w-full"
          items={[
            { value: 'preview', label: 'Preview' },
            { value: 'changes', label: 'Changes', ...(places > 0 ? { count: places } : {}) },
            { value: 'source', label: 'Source' },
          ]}
        />
        <span className="text-12 text-fg-3">
          {changes.length > 0
            ? `against what was proposed: ${changes.map((change) => change.field.title).join(', ')}`
            : ''}
        </span>
      </div>
      <TabPanel value="preview">
        <ProposalCard fields={fields} value={value} />
      </TabPanel>
      <TabPanel value="changes">
        {changes.length === 0 ? (
          <p className="py-4 text-fg-2">Nothing was changed. Press E to edit before you approve.</p>
        ) : (
          <ProposalCard fields={fields} value={value} before={proposed} />
        )}
      </TabPanel>
      <TabPanel value="source">
        <pre className="overflow-x-auto rounded-card border border-line-strong bg-raised p-4 font-mono text-11 whitespace-pre-wrap">
          {JSON.stringify(value, null, 2)}
        </pre>
      </TabPanel>
    </Tabs>
  );
}

/** How many places of a member were changed: words of a text, or the value as a whole. */
function placesOf({ before, after }: FieldChange): number {
  return typeof before === 'string' && typeof after === 'string' ? changeCount(wordDiff(before, after)) : 1;
}

function decidedValue(task: TaskView): JsonObject | null {
  if (task.decision?.kind !== 'decision') return null;
  const { value } = task.decision;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}
