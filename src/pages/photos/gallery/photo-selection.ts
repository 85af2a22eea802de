/** Photos that are chosen to be acted on together. Each step gives a new one. */
export class PhotoSelection {
  static readonly EMPTY = new PhotoSelection(new Set(), undefined);

  readonly ids: ReadonlySet<string>;
  /** Where the next range begins: the photo that was chosen last. */
  readonly #anchor: string | undefined;

  private constructor(ids: ReadonlySet<string>, anchor: string | undefined) {
    this.ids = ids;
    this.#anchor = anchor;
  }

  get size(): number {
    return this.ids.size;
  }

  /** Chooses one photo, or no longer. */
  toggle(id: string): PhotoSelection {
    const ids = new Set(this.ids);
    if (!ids.delete(id)) ids.add(id);
    return new PhotoSelection(ids, id);
  }

  /**
   * Adds all photos from the one that was chosen last up to this one, in the order in which they are
   * shown; without such a one, this photo alone.
   */
  extend(order: readonly string[], to: string): PhotoSelection {
    const end = order.indexOf(to);
    const anchor = this.#anchor === undefined ? -1 : order.indexOf(this.#anchor);
    if (end < 0) return this;
    const start = anchor < 0 ? end : anchor;
    const range = order.slice(Math.min(start, end), Math.max(start, end) + 1);
    return new PhotoSelection(new Set([...this.ids, ...range]), anchor < 0 ? to : this.#anchor);
  }

  /** Chooses all of these and no others. */
  all(order: readonly string[]): PhotoSelection {
    return new PhotoSelection(new Set(order), this.#anchor);
  }

  /** Without the photos that are not there any more: the same selection if all are. */
  within(there: ReadonlySet<string>): PhotoSelection {
    if ([...this.ids].every((id) => there.has(id))) return this;
    return new PhotoSelection(new Set([...this.ids].filter((id) => there.has(id))), this.#anchor);
  }
}
