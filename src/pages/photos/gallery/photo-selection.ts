/** The selected photos. Immutable: each change returns a new selection. */
export class PhotoSelection {
  static readonly EMPTY = new PhotoSelection(new Set(), undefined);

  readonly ids: ReadonlySet<string>;
  /** Start of the next range: the photo that was selected last. */
  readonly #anchor: string | undefined;

  private constructor(ids: ReadonlySet<string>, anchor: string | undefined) {
    this.ids = ids;
    this.#anchor = anchor;
  }

  get size(): number {
    return this.ids.size;
  }

  /** Selects or deselects one photo. */
  toggle(id: string): PhotoSelection {
    const ids = new Set(this.ids);
    if (!ids.delete(id)) ids.add(id);
    return new PhotoSelection(ids, id);
  }

  /**
   * Adds all photos between the photo that was selected last and the photo `to`; only `to` if none
   * was selected before.
   *
   * @param order ids of the photos in the order in which they are shown
   */
  extend(order: readonly string[], to: string): PhotoSelection {
    const end = order.indexOf(to);
    const anchor = this.#anchor === undefined ? -1 : order.indexOf(this.#anchor);
    if (end < 0) return this;
    const start = anchor < 0 ? end : anchor;
    const range = order.slice(Math.min(start, end), Math.max(start, end) + 1);
    return new PhotoSelection(new Set([...this.ids, ...range]), anchor < 0 ? to : this.#anchor);
  }

  /** Selects exactly these photos. */
  all(order: readonly string[]): PhotoSelection {
    return new PhotoSelection(new Set(order), this.#anchor);
  }

  /** Removes the photos that no longer exist; returns `this` if all exist. */
  within(existing: ReadonlySet<string>): PhotoSelection {
    if ([...this.ids].every((id) => existing.has(id))) return this;
    return new PhotoSelection(
      new Set([...this.ids].filter((id) => existing.has(id))),
      this.#anchor,
    );
  }
}
