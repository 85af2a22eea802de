import { Problem } from '../../problem.ts';
import type { BaseIndex, BaseSpec } from './spec.ts';

/** A base and where its files are. */
export interface LocatedBase {
  readonly spec: BaseSpec;
  /** Address of the base's folder, ending in a slash. */
  readonly url: string;
}

/**
 * Finds a base among those that the app serves.
 *
 * @param basesUrl address of the folder with `index.json`, ending in a slash
 * @param id the default base unless told
 * @throws Problem `base` when the list or the base is not to be had
 */
export async function locateBase(basesUrl: string, id?: string): Promise<LocatedBase> {
  const index = await getJson<BaseIndex>(new URL('index.json', basesUrl));
  const chosen = id !== undefined && index.bases.includes(id) ? id : index.default;
  const url = new URL(`${encodeURIComponent(chosen)}/`, basesUrl).href;
  return { spec: await getJson<BaseSpec>(new URL('spec.json', url)), url };
}

async function getJson<T>(url: URL): Promise<T> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} for ${url.pathname}`);
    return (await response.json()) as T;
  } catch (thrown) {
    throw new Problem(
      'base',
      'The pretrained base model is not here yet. Connect once, then it works offline.',
      { cause: thrown },
    );
  }
}
