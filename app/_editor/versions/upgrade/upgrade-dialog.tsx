'use client';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { Button } from '#app/_ui/button.tsx';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { Checkbox } from '#app/_ui/checkbox.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { plural } from '#app/_ui/format.ts';
import { Select } from '#app/_ui/select.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { GraphEdge } from '#nodes/core/graph.ts';
import { undo } from '../../session/actions.ts';
import { useGraph, useSession } from '../../session/context.ts';
import { titleOf } from '../compare/changes.ts';
import { FieldChangeView } from '../compare/field-change.tsx';
import { valueText } from '../compare/fields.ts';
import { type Choices, migrationsOf, planUpgrades, type Upgrade } from './plan.ts';

type Props = { nodeIds: string[]; onClose: () => void };

/** What bringing nodes to the present version of their types changes, before it does. Nothing goes by itself. */
export function UpgradeDialog({ nodeIds, onClose }: Props) {
  const session = useSession();
  const graph = useGraph((present) => present);
  const upgrades = planUpgrades(graph, nodeIds, definitions);
  const [choices, setChoices] = useState<Choices>({ edges: {}, removed: new Set() });
  const apply = () => {
    session.document.settle();
    session.document.dispatch({ kind: 'migrate', nodes: migrationsOf(upgrades, choices) }, { origin: 'migration' });
    session.document.settle();
    sayDone(`${plural(upgrades.length, 'node')} updated`, 'What they were stays in the history.', {
      label: 'Undo',
      onClick: () => undo(session),
    });
    onClose();
  };
  const title = upgrades.length === 1 && upgrades[0] ? `Update ${titleOf(upgrades[0].node)}` : 'Update node types';
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description="What runs now, and every version that is published, goes on as it is."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={upgrades.length === 0} onClick={apply}>
            {upgrades.length > 1 ? `Update ${upgrades.length} nodes` : 'Update'}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-1 gap-4">
        {upgrades.length === 0 && <p className="text-fg-2">These nodes are as new as their types.</p>}
        {upgrades.map((upgrade) => (
          <OneUpgrade key={upgrade.node.id} upgrade={upgrade} choices={choices} onChange={setChoices} />
        ))}
      </div>
    </Dialog>
  );
}

type OneProps = { upgrade: Upgrade; choices: Choices; onChange: (choices: Choices) => void };

function OneUpgrade({ upgrade, choices, onChange }: OneProps) {
  const { node, declaration, steps, misfit, lostEdges, lostInputs } = upgrade;
  return (
    <section aria-label={titleOf(node)} className="grid grid-cols-1 gap-2">
      <h3 className="flex items-center gap-2 font-semibold">
        <CategoryTile category={declaration.category} icon={declaration.icon} size="s" />
        <span className="min-w-0 truncate">{titleOf(node)}</span>
        <span className="ml-auto flex-none font-mono text-11 font-normal text-fg-3">
          {node.type} {node.version} → {declaration.version}
        </span>
      </h3>
      {steps.map(({ to, fields }) => (
        <div key={to}>
          {steps.length > 1 && <p className="text-11 font-medium text-fg-3">To version {to}</p>}
          {fields.length === 0 && <p className="text-12 text-fg-2">Its settings stay as they are.</p>}
          <dl className="grid grid-cols-1 gap-2">
            {fields.map((change) => (
              <FieldChangeView key={change.path} change={change} declaration={declaration} />
            ))}
          </dl>
        </div>
      ))}
      {misfit && (
        <p className="flex gap-1.5 text-12 text-st-failed">
          <TriangleAlert size={14} className="mt-px flex-none" aria-hidden="true" />
          These settings do not fit version {declaration.version} either. Problems will say where.
        </p>
      )}
      {lostEdges.length + lostInputs.length > 0 && (
        <fieldset className="grid grid-cols-1 gap-2 rounded-control border border-st-waiting-line p-2.5">
          <legend className="px-1 text-12 font-medium text-st-waiting">
            Version {declaration.version} has no place for these
          </legend>
          {lostEdges.map((edge) => (
            <LostEdge key={edge.id} edge={edge} outcomes={upgrade.outcomes} choices={choices} onChange={onChange} />
          ))}
          {lostInputs.map(({ input, binding }) => (
            <LostInput
              key={input}
              name={`${node.id}.${input}`}
              text={`${input}: ${valueText(binding) ?? ''}`}
              choices={choices}
              onChange={onChange}
            />
          ))}
        </fieldset>
      )}
    </section>
  );
}

const keep = 'keep';
const remove = 'remove';

type ChoiceProps = { choices: Choices; onChange: (choices: Choices) => void };

function LostEdge({ edge, outcomes, choices, onChange }: ChoiceProps & { edge: GraphEdge; outcomes: string[] }) {
  const target = useGraph((graph) => graph.nodes.find(({ id }) => id === edge.to));
  const way = `${edge.outcome} → ${target ? titleOf(target) : edge.to}`;
  const chosen = choices.edges[edge.id];
  const choose = (value: string) => {
    const { [edge.id]: _before, ...others } = choices.edges;
    const outcome = value.startsWith('to ') ? value.slice(3) : null;
    onChange({ ...choices, edges: value === keep ? others : { ...others, [edge.id]: outcome } });
  };
  return (
    <div className="flex flex-wrap items-center gap-2 text-12">
      <span className="min-w-0 flex-1 truncate">{way}</span>
      <Select
        label={`What becomes of the edge ${way}`}
        className="text-12"
        value={chosen === undefined ? keep : chosen === null ? remove : `to ${chosen}`}
        onChange={choose}
        options={[
          { value: keep, label: 'Keep; it will be a problem' },
          ...outcomes.map((outcome) => ({ value: `to ${outcome}`, label: `Leave by ${outcome}` })),
          { value: remove, label: 'Remove' },
        ]}
      />
    </div>
  );
}

function LostInput({ name, text, choices, onChange }: ChoiceProps & { name: string; text: string }) {
  const toggle = (on: boolean) => {
    const removed = new Set(choices.removed);
    if (on) removed.add(name);
    else removed.delete(name);
    onChange({ ...choices, removed });
  };
  return (
    <div className="flex flex-wrap items-center gap-2 text-12">
      <code className="min-w-0 flex-1 truncate font-mono text-11">{text}</code>
      <Checkbox checked={choices.removed.has(name)} onChange={toggle}>
        Remove
      </Checkbox>
    </div>
  );
}
