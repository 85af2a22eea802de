import { Problem } from '../../../problem.ts';
import { announce } from '../../../storage/changes.ts';
import { write } from '../../../storage/database.ts';
import { getSetting } from '../../../storage/settings.ts';
import { dropBaseFiles, keepBaseFile } from '../base-files.ts';
import { forgetBase } from '../../features/stale-spaces.ts';
import type { LocatedBase } from '../registry.ts';
import type { BaseSpec } from '../spec.ts';

/** The bases that the person added: files in the cache of bases, specs in the database. */
export async function listOwnBases(basesUrl: string): Promise<LocatedBase[]> {
  return ((await getSetting('ownBases')) ?? []).map((spec) => locate(spec, basesUrl));
}

/**
 * Keeps a base: first its files, then, when they are all there, its spec; adding one again mends it.
 *
 * @param files bytes by path, those that the spec's hashes were made of
 * @throws Problem `quota` when there is no room; nothing of it is kept then
 */
export async function saveOwnBase(
  spec: BaseSpec,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  basesUrl: string,
): Promise<void> {
  const base = locate(spec, basesUrl);
  try {
    for (const file of spec.files) await keepBaseFile(base, file, files.get(file.path)!);
    await change((specs) => [...specs.filter(({ id }) => id !== spec.id), spec]);
  } catch (thrown) {
    await dropBaseFiles(base).catch(() => undefined);
    if (thrown instanceof Problem) throw thrown;
    throw new Problem(
      'quota',
      'There is no room to keep this base model. Free some space and try again.',
      { cause: thrown },
    );
  }
}

/**
 * Forgets a base, its files and what was computed with it; one that is not there is no fault.
 *
 * @throws Problem of storage
 */
export async function removeOwnBase(id: string, basesUrl: string): Promise<void> {
  const base = (await listOwnBases(basesUrl)).find(({ spec }) => spec.id === id);
  if (!base) return;
  await change((specs) => specs.filter((spec) => spec.id !== id));
  await dropBaseFiles(base);
  await forgetBase(id);
}

/** In a folder of its own, which the server does not have: only the cache answers for it. */
function locate(spec: BaseSpec, basesUrl: string): LocatedBase {
  return { spec, url: new URL(`own/${encodeURIComponent(spec.id)}/`, basesUrl).href };
}

/** In one transaction, so that two tabs do not undo each other's. */
async function change(edit: (specs: readonly BaseSpec[]) => readonly BaseSpec[]): Promise<void> {
  await write(['settings'], async (transaction) => {
    const store = transaction.objectStore('settings');
    const specs = ((await store.get('ownBases')) ?? []) as readonly BaseSpec[];
    await store.put(edit(specs), 'ownBases');
  });
  announce('settings');
}
