'use client';
import { useState } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Textarea } from '#app/_ui/input.tsx';
import { useModKey } from '#app/_ui/mod-key.ts';

/** Asks why; the reason is kept with the run and stands in its provenance. */
export function RejectDialog({
  subject,
  busy,
  onReject,
  onClose,
}: {
  subject: string;
  busy: boolean;
  onReject: (reason: string) => void;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const send = useModKey('↵');
  return (
    <Dialog
      open
      onClose={onClose}
      title="Reject"
      description={`${subject}. It is not done; the run goes on at its rejected branch.`}
      footer={
        <>
          <Button onClick={onClose}>Keep waiting</Button>
          <Button variant="danger" keys={send} busy={busy} onClick={() => onReject(reason.trim())}>
            Reject
          </Button>
        </>
      }
    >
      <Field label="Reason" hint="Optional. It is kept with the run and shown wherever someone asks why.">
        {(control) => (
          <Textarea
            {...control}
            autoFocus
            maxLength={4_000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) onReject(reason.trim());
            }}
          />
        )}
      </Field>
    </Dialog>
  );
}
