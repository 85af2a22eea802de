import { listClasses } from '../../photos/classes.ts';
import { soughtClasses } from '../../photos/known-class.ts';
import { onChange } from '../../storage/changes.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';

/** What to look for in pictures: indices of known classes, at least one. */
export type Sought = readonly number[];

/** Says what to look for, and reads the classes of the library again only after they have changed. */
export class SoughtClasses {
  #read: Promise<Sought | undefined> | undefined;
  #baseId: string | undefined;

  constructor() {
    onChange('classes', () => (this.#read = undefined));
  }

  /** See `soughtClasses`. @returns undefined if the base cannot say where something is */
  on(extractor: FeatureExtractor): Promise<Sought | undefined> {
    const { id } = extractor.spec;
    if (!this.#read || this.#baseId !== id) {
      this.#baseId = id;
      this.#read = readSought(extractor);
      // The next picture tries again.
      this.#read.catch(() => (this.#read = undefined));
    }
    return this.#read;
  }
}

async function readSought({ spec, known, boxes }: FeatureExtractor): Promise<Sought | undefined> {
  if (!known || !boxes) return undefined;
  const sought = soughtClasses(await listClasses(), spec.knows!.classes);
  return sought.length > 0 ? sought : undefined;
}
