/** A photo that waits to be stored. */
interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Stores what comes in during one transaction together in the next one: a transaction with strict
 * durability waits for the disk, whether it holds one photo or ten.
 */
export class StoreQueue<Item, Result> {
  readonly #store: (items: readonly Item[]) => Promise<readonly Result[]>;
  #waiting: Waiting<Item, Result>[] = [];
  #isStoring = false;

  /** @param store stores all of the items, or rejects and stores none; one result per item */
  constructor(store: (items: readonly Item[]) => Promise<readonly Result[]>) {
    this.#store = store;
  }

  /** Resolves when the item is stored. @throws what `store` throws */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#isStoring) void this.#storeAll();
    });
  }

  async #storeAll(): Promise<void> {
    this.#isStoring = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const results = await this.#store(batch.map(({ item }) => item));
        for (const [index, { resolve }] of batch.entries()) resolve(results[index]!);
      } catch (thrown) {
        for (const { reject } of batch) reject(thrown);
      }
    }
    this.#isStoring = false;
  }
}
