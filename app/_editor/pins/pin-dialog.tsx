'use client';
import { Pin, PinOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { toFailure } from '#app/_api/failure.ts';
import { readableConfig } from '#app/_canvas/card-model.ts';
import { definitions } from '#app/_canvas/definitions.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import { sayDone } from '#app/_ui/toaster.tsx';
import type { GraphNode } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';
import { sampleOf } from '#nodes/core/partial/sample.ts';
import { checkValue, describeType, type Type } from '#nodes/core/types.ts';
import { JsonField } from '../inspector/fields/json-field.tsx';
import { titleIn } from '../running/parts.ts';
import { useGraph, useSession } from '../session/context.ts';
import type { LastOutput } from './pins.ts';

/** What test runs take from a node instead of running it: an outcome and its output, written by hand or taken from a run. */
export function PinDialog({ nodeId, onClose }: { nodeId: string; onClose: () => void }) {
  const node = useGraph((graph) => graph.nodes.find(({ id }) => id === nodeId));
  const session = useSession();
  const pinned = useStore(session.pins.store, ({ rows }) => rows.get(nodeId));
  const [last, setLast] = useState<LastOutput | null | undefined>(undefined);
  useEffect(() => {
    session.lastOutput(nodeId).then(setLast, () => setLast(null));
  }, [session, nodeId]);
  if (!node || last === undefined) return null;
  return <PinForm node={node} pinned={pinned ?? null} last={last} onClose={onClose} />;
}

type FormProps = { node: GraphNode; pinned: LastOutput | null; last: LastOutput | null; onClose: () => void };

function PinForm({ node, pinned, last, onClose }: FormProps) {
  const title = useGraph((graph) => titleIn(graph, node.id));
  const outcomes = outcomesOf(node);
  const given = pinned ?? last;
  const first = given && outcomes[given.outcome] ? given : firstOf(outcomes);
  const [outcome, setOutcome] = useState(first.outcome);
  const [output, setOutput] = useState<Json | undefined>(first.output);
  const type = outcomes[outcome];
  const problem = type ? problemOf(type, output) : null;
  const { save, busy, failure } = useSaving(node.id, onClose);
  const choose = (name: string) => {
    const known = [pinned, last].find((each) => each?.outcome === name);
    setOutcome(name);
    setOutput(known ? known.output : sampleOf(outcomes[name] ?? { type: 'any' }));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Pin an output of ${title}`}
      description="Test runs take it without running the node. Production ignores pins."
      className="w-[min(560px,calc(100vw-24px))]"
      footer={
        <>
          {pinned && (
            <Button icon={<PinOff size={14} />} className="mr-auto" onClick={() => save(null)}>
              Unpin
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            icon={<Pin size={14} />}
            busy={busy}
            disabled={problem !== null || output === undefined}
            onClick={() => output !== undefined && save({ outcome, output })}
          >
            {pinned ? 'Keep the changes' : 'Pin'}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-1 gap-3">
        <Field label="Outcome">
          {({ id }) => (
            <Select
              id={id}
              className="w-full"
              value={outcome}
              onChange={choose}
              options={Object.keys(outcomes).map((name) => ({ value: name, label: name }))}
            />
          )}
        </Field>
        <Field label="Output" error={problem} hint={type && `Takes ${describeType(type)}.`}>
          {(control) => (
            <JsonField
              key={outcome}
              label="Output"
              {...(control['aria-describedby'] ? { describedBy: control['aria-describedby'] } : {})}
              value={output}
              onChange={setOutput}
              tall
            />
          )}
        </Field>
        {failure && (
          <p role="alert" className="text-12 text-st-failed">
            {failure}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function useSaving(nodeId: string, onSaved: () => void) {
  const session = useSession();
  const [state, setState] = useState<{ busy: boolean; failure: string | null }>({ busy: false, failure: null });
  const save = async (pin: LastOutput | null) => {
    setState({ busy: true, failure: null });
    try {
      // The server checks the pin against the draft that it knows.
      await session.autosave.flush();
      await (pin ? session.pins.pin(nodeId, pin) : session.pins.unpin(nodeId));
      sayDone(pin ? 'Pinned' : 'Unpinned', pin ? 'Production ignores it.' : 'It runs in test runs again.');
      onSaved();
    } catch (error) {
      const { message, todo } = toFailure(error);
      setState({ busy: false, failure: `${message} ${todo}` });
    }
  };
  return { ...state, save: (pin: LastOutput | null) => void save(pin) };
}

function outcomesOf(node: GraphNode): Record<string, Type> {
  const declaration = definitions.get(node.type);
  return declaration ? declaration.outcomes(readableConfig(declaration, node.config, node.version)) : {};
}

function firstOf(outcomes: Record<string, Type>): LastOutput {
  const [[outcome, type] = ['ok', { type: 'any' } as Type]] = Object.entries(outcomes);
  return { outcome, output: sampleOf(type) };
}

function problemOf(type: Type, output: Json | undefined): string | null {
  if (output === undefined) return 'An output is needed.';
  const problem = checkValue(type, output);
  if (!problem) return null;
  return `${problem.path ? `${problem.path}: expected` : 'Expected'} ${problem.expected}, got ${problem.got}.`;
}
