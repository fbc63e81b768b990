'use client';
import './editor.css';
import { useQuery } from '@tanstack/react-query';
import { ReactFlowProvider } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { LitContext } from '#app/_canvas/lit.ts';
import { fetchPartsWhenIdle, lazyPart } from '#app/_ui/lazy-part.ts';
import { fetchTooltips } from '#app/_ui/tooltip.tsx';
import type { PipelineView } from '#server/pipelines/types.ts';
import { EditorCanvas } from './canvas/editor-canvas.tsx';
import { Dock } from './dock/dock.tsx';
import { signaturesOf, useCallablePipelines } from './inspector/call/use-callable.ts';
import { Inspector } from './inspector/inspector.tsx';
import { RunAnnouncer } from './keyboard/run-announcer.tsx';
import { useEditorKeys } from './keys/use-editor-keys.ts';
import { Library } from './library/library.tsx';
import { useAddress } from './link/use-address.ts';
import { PhoneTabs } from './phone-tabs.tsx';
import { useSaveState, useSession, useUi } from './session/context.ts';
import { TopBar } from './top-bar/top-bar.tsx';
import { HistoryLayer, useHistoryIsOpen } from './versions/history-layer.tsx';
import { type DraftDifference, useDifference } from './versions/use-difference.ts';

/** What nobody needs who opens the editor. */
const ConnectDialog = lazyPart(async () => (await import('./keyboard/connect-dialog.tsx')).ConnectDialog);
const ConflictDialog = lazyPart(async () => (await import('./saving/conflict-dialog.tsx')).ConflictDialog);
const EditorPalette = lazyPart(async () => (await import('./find/editor-palette.tsx')).EditorPalette);
const KeysDialog = lazyPart(async () => (await import('./keys/keys-dialog.tsx')).KeysDialog);
const NodePicker = lazyPart(async () => (await import('./canvas/node-picker.tsx')).NodePicker);
const PinDialog = lazyPart(async () => (await import('./pins/pin-dialog.tsx')).PinDialog);
const PublishDialog = lazyPart(async () => (await import('./running/publish-dialog.tsx')).PublishDialog);
const RunDialog = lazyPart(async () => (await import('./running/run-dialog.tsx')).RunDialog);
const RunFromDialog = lazyPart(async () => (await import('./running/run-from-dialog.tsx')).RunFromDialog);
const RunOneDialog = lazyPart(async () => (await import('./running/run-one-dialog.tsx')).RunOneDialog);
const UpgradeDialog = lazyPart(async () => (await import('./versions/upgrade/upgrade-dialog.tsx')).UpgradeDialog);

/** The editor of one open pipeline. */
export function Editor({ pipeline }: { pipeline: PipelineView }) {
  const session = useSession();
  const dockOpen = useUi((ui) => ui.dockOpen);
  const sheet = useUi((ui) => ui.sheet);
  const [published, setPublished] = useState(pipeline.published);
  const draft = useDifference(published);
  const historyIsOpen = useHistoryIsOpen();
  useEditorKeys();
  useAddress();
  useConnections();
  useCallable();
  useEffect(fetchTooltips, []);
  useEffect(fetchPartsWhenIdle, []);
  return (
    <LitContext value={session.lit}>
      <ReactFlowProvider>
        <div
          className="sg-editor"
          data-dock={dockOpen ? 'open' : 'folded'}
          data-sheet={sheet ?? undefined}
          inert={historyIsOpen}
        >
          <TopBar published={published} draft={draft} />
          <div className="sg-library">
            <Library onInserted={() => session.ui.setState({ sheet: null })} />
          </div>
          <EditorCanvas />
          <div className="sg-inspector">
            <Inspector />
          </div>
          <PhoneTabs />
          <div className="sg-dock">
            <Dock />
          </div>
        </div>
        <RunAnnouncer />
        <Asked />
        <Dialogs published={published} draft={draft} onPublished={setPublished} />
        <HistoryLayer published={published} />
      </ReactFlowProvider>
    </LitContext>
  );
}

/** What is asked on occasion, wherever one is. */
function Asked() {
  const picking = useUi((ui) => ui.picker !== null);
  const clashes = useSaveState().kind === 'conflict';
  return (
    <>
      {picking && <NodePicker />}
      {clashes && <ConflictDialog />}
    </>
  );
}

type DialogsProps = { published: number | null; draft: DraftDifference; onPublished: (number: number) => void };

function Dialogs({ published, draft, onPublished }: DialogsProps) {
  const session = useSession();
  const dialog = useUi((ui) => ui.dialog);
  const close = () => session.ui.setState({ dialog: null });
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'run':
      return <RunDialog source={dialog.source} until={dialog.until} published={published} onClose={close} />;
    case 'run-one':
      return <RunOneDialog key={dialog.nodeId} nodeId={dialog.nodeId} onClose={close} />;
    case 'run-from':
      return <RunFromDialog key={dialog.nodeId} nodeId={dialog.nodeId} onClose={close} />;
    case 'pin':
      return <PinDialog key={dialog.nodeId} nodeId={dialog.nodeId} onClose={close} />;
    case 'publish':
      return <PublishDialog published={published} draft={draft} onClose={close} onPublished={onPublished} />;
    case 'keys':
      return <KeysDialog onClose={close} />;
    case 'connect':
      return <ConnectDialog key={dialog.from} from={dialog.from} onClose={close} />;
    case 'palette':
      return <EditorPalette onClose={close} />;
    case 'upgrade':
      return <UpgradeDialog nodeIds={dialog.nodeIds} onClose={close} />;
    default: {
      const never: never = dialog;
      throw new Error(`Not a known dialog: ${JSON.stringify(never)}`);
    }
  }
}

/** Tells the compiler what other pipelines take and give. */
function useCallable(): void {
  const session = useSession();
  const { data } = useCallablePipelines();
  const pipelines = useMemo(() => (data ? signaturesOf(data) : null), [data]);
  useEffect(() => {
    if (pipelines) session.problems.setPipelines(pipelines);
  }, [session, pipelines]);
}

/** Tells the compiler what the installation can reach. */
function useConnections(): void {
  const trpc = useTRPC();
  const session = useSession();
  const project = useQuery(trpc.projects.get.queryOptions({ projectId: session.projectId }));
  const connections = project.data?.connections;
  useEffect(() => {
    if (connections) session.problems.setConnections({ smtp: connections.smtp, model: !connections.model.rehearsal });
  }, [session, connections]);
}
