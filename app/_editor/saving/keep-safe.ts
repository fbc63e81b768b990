import type { EditorSession } from '../session/session.ts';
import type { Theirs } from './save-state.ts';

/**
 * Writes down and saves what is unsaved when the page is left; tries again and looks for a newer draft when it is come
 * back to. Tells the other tabs of this browser what was saved, and hears it from them. Answers how to stop.
 */
export function keepSafe(session: EditorSession, newest: () => Promise<Theirs | null>): () => void {
  const { autosave, document: opened, journal } = session;
  const look = async () => {
    const theirs = await newest();
    if (theirs) autosave.notice(theirs);
  };
  const keep = () => {
    opened.flush();
    void journal.flush();
    void autosave.flush();
  };
  const onHide = () => {
    if (document.visibilityState !== 'visible') keep();
  };
  const onBack = () => {
    autosave.wake();
    void look();
  };
  const stopped = new AbortController();
  const { signal } = stopped;
  document.addEventListener('visibilitychange', onHide, { signal });
  window.addEventListener('pagehide', keep, { signal });
  window.addEventListener('focus', onBack, { signal });
  window.addEventListener('online', () => autosave.wake(), { signal });
  // Another field, another step of undo.
  document.addEventListener('focusin', () => opened.settle(), { signal });
  const forgetTabs = withOtherTabs(session, look);
  return () => {
    stopped.abort();
    forgetTabs();
  };
}

function withOtherTabs({ autosave, pipelineId }: EditorSession, look: () => Promise<void>): () => void {
  const channel = new BroadcastChannel(`solograph-draft-${pipelineId}`);
  const forget = autosave.store.subscribe(({ kind }, before) => {
    if (kind === 'saved' && before.kind !== 'saved') channel.postMessage(autosave.revision());
  });
  channel.addEventListener('message', ({ data }) => {
    // Where something is unsaved, saving it finds the conflict: nobody is stopped in the middle of a word.
    if (typeof data === 'number' && data > autosave.revision() && autosave.store.getState().kind === 'saved')
      void look();
  });
  return () => {
    forget();
    channel.close();
  };
}
