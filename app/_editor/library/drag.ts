/** What a dragged library entry carries. */
export const dragMime = 'application/x-solograph-node';

/** The node type that is being dragged; null where it is something else. */
export function draggedType(transfer: Pick<DataTransfer, 'getData'>): string | null {
  return transfer.getData(dragMime) || null;
}
