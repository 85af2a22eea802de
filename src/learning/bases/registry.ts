import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { listOwnBases } from './own/own-bases.ts';
import type { BaseIndex, BaseSpec, LocatedBase } from '../../records/base-spec.ts';

/**
 * Lists the bases that the app serves, the default base first, then those that the user added. A
 * served base whose spec cannot be loaded is left out.
 *
 * @param basesUrl address of the folder with `index.json`, ending in a slash
 * @throws Problem `base` when the index or the spec of the default base cannot be loaded
 */
export async function listBases(basesUrl: string): Promise<LocatedBase[]> {
  const own = listOwnBases(basesUrl);
  // Awaited below; this handler only prevents an unhandled rejection until then.
  own.catch(() => undefined);
  const index = await getJson<BaseIndex>(new URL('index.json', basesUrl));
  const others = index.bases.filter((id) => id !== index.default);
  const locate = async (id: string): Promise<LocatedBase> => {
    const url = new URL(`${encodeURIComponent(id)}/`, basesUrl).href;
    return { spec: await getJson<BaseSpec>(new URL('spec.json', url)), url };
  };
  const found = await Promise.all(others.map((id) => locate(id).catch(() => undefined)));
  const served = [await locate(index.default), ...found.filter((base) => base !== undefined)];
  return [...served, ...(await own)];
}

async function getJson<T>(url: URL): Promise<T> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} for ${url.pathname}`);
    return (await response.json()) as T;
  } catch (thrown) {
    throw new Problem(
      'base',
      msg('The pretrained base model is not here yet. Connect once, then it works offline.'),
      { cause: thrown },
    );
  }
}
