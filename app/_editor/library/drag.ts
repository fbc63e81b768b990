/** What a dragged library entry carries. */
export const dragMime = 'application/x-solograph-node';

/** The node type that is being dragged; null where it is something else. */
export function draggedType(transfer: Pick<DataTransfer, 'getData'>): string | null {
  return transfer.getData(dragMime) || null;
}

/** While something is dragged over a page only its kinds can be read: the type stands beside them. */
const mimeOf = (type: string): string => `${dragMime}+${type.toLowerCase()}`;

/** The node type that is being dragged over the canvas, among those that there are. */
export function typeDraggedOver(transfer: Pick<DataTransfer, 'types'>, types: Iterable<string>): string | null {
  for (const type of types) if (transfer.types.includes(mimeOf(type))) return type;
  return null;
}

/** Begins to drag a library entry: what it carries, and a card in its likeness under the pointer. */
export function startDrag(transfer: DataTransfer, type: string, entry: HTMLElement): void {
  transfer.setData(dragMime, type);
  transfer.setData(mimeOf(type), '');
  transfer.effectAllowed = 'copy';
  const card = document.createElement('div');
  card.className = 'sg-drag-card';
  card.append(...[...entry.children].map((child) => child.cloneNode(true)));
  document.body.append(card);
  transfer.setDragImage(card, grip.x, grip.y);
  // The browser has taken its picture when the event is over.
  setTimeout(() => card.remove());
}

/** Where the card hangs on the pointer: in the middle of its width, at the height of its head. */
export const grip = { x: 94, y: 24 };
