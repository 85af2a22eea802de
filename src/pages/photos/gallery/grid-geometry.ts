/** Square tiles in rows, as wide as the grid allows. Lengths in CSS pixels. */
export interface GridGeometry {
  readonly columns: number;
  readonly rows: number;
  /** Side of a tile. */
  readonly tile: number;
  /** From the start of one tile to that of the next. */
  readonly step: number;
  readonly height: number;
}

/** Photos from the index `from` up to, and without, `to`. */
export interface GridRange {
  readonly from: number;
  readonly to: number;
}

/**
 * As many columns as fit with tiles of at least `smallest`, as CSS's
 * `repeat(auto-fill, minmax(smallest, 1fr))` has them.
 */
export function gridGeometry(
  width: number,
  count: number,
  smallest: number,
  gap: number,
): GridGeometry {
  const columns = Math.max(1, Math.floor((width + gap) / (smallest + gap)));
  const tile = Math.max(0, (width - gap * (columns - 1)) / columns);
  const rows = Math.ceil(count / columns);
  const step = tile + gap;
  return { columns, rows, tile, step, height: Math.max(0, rows * step - gap) };
}

/**
 * The photos of the rows that can be seen, and of some rows around them.
 *
 * @param top how far the grid's start lies above the start of the view; below it, negative
 * @param height of the view
 * @param around rows more on either side
 */
export function rangeInView(
  { columns, rows, step }: GridGeometry,
  count: number,
  { top, height, around }: { top: number; height: number; around: number },
): GridRange {
  if (count === 0 || step <= 0) return { from: 0, to: 0 };
  const first = Math.floor(top / step) - around;
  const behind = Math.ceil((top + height) / step) + around;
  const fromRow = Math.min(Math.max(0, first), rows);
  const toRow = Math.min(Math.max(fromRow, behind), rows);
  return { from: fromRow * columns, to: Math.min(count, toRow * columns) };
}

/** Where a key leads from one photo to another; undefined for a key that leads nowhere. */
export function indexAfterKey(
  key: string,
  index: number,
  count: number,
  { columns, step }: Pick<GridGeometry, 'columns' | 'step'>,
  viewHeight: number,
): number | undefined {
  const page = columns * Math.max(1, Math.floor(viewHeight / step));
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index - columns,
    ArrowDown: index + columns,
    Home: 0,
    End: count - 1,
    // Within its column, to the first or last photo of it.
    PageUp: Math.max(index - page, index % columns),
    PageDown: Math.min(index + page, lastInColumn(index, count, columns)),
  };
  const next = Object.hasOwn(moves, key) ? moves[key] : undefined;
  return next === undefined || next < 0 || next >= count ? undefined : next;
}

function lastInColumn(index: number, count: number, columns: number): number {
  const column = index % columns;
  return column + columns * Math.floor((count - 1 - column) / columns);
}
