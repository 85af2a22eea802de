/** Geometry of a grid of square tiles that fills the available width. Lengths are in CSS pixels. */
export interface GridGeometry {
  readonly columns: number;
  readonly rows: number;
  /** Side of a tile. */
  readonly tile: number;
  /** Distance from the start of one tile to the start of the next. */
  readonly step: number;
  readonly height: number;
}

/** Photos from the index `from` (inclusive) to `to` (exclusive). */
export interface GridRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The geometry with as many columns as fit, like CSS's `repeat(auto-fill, minmax(smallest, 1fr))`.
 *
 * @param width available width in CSS px
 * @param count number of tiles
 * @param smallest minimum side of a tile in CSS px
 * @param gap distance between tiles in CSS px
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
 * The photos in the visible rows and in some rows around them.
 *
 * @param top distance in CSS px from the grid's start to the viewport's start; negative if the grid
 *   starts below the viewport's start
 * @param height height of the viewport in CSS px
 * @param around number of extra rows above and below
 */
export function rangeInView(
  { columns, rows, step }: GridGeometry,
  count: number,
  { top, height, around }: { top: number; height: number; around: number },
): GridRange {
  if (count === 0 || step <= 0) return { from: 0, to: 0 };
  const first = Math.floor(top / step) - around;
  const end = Math.ceil((top + height) / step) + around;
  const fromRow = Math.min(Math.max(0, first), rows);
  const toRow = Math.min(Math.max(fromRow, end), rows);
  return { from: fromRow * columns, to: Math.min(count, toRow * columns) };
}

/** Index of the photo to which a key moves the focus; undefined if the key does not move it. */
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
    // Page keys stay in the column and stop at its first or last photo.
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
