import type { BaseClient } from '../learning/api/base-client.ts';
import type { BaseBackup } from '../records/base-spec.ts';
import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { getSetting } from '../storage/settings.ts';
import { basePath } from './backup-format.ts';
import type { Backup } from './read-backup.ts';

/** Stores base models that the user added, after it has validated them. */
export type OwnBases = Pick<BaseClient, 'files' | 'restore'>;

export interface RestoredBases {
  readonly basesAdded: number;
  readonly basesHereAlready: number;
  /** The base models that were not restored, each with a localized reason. */
  readonly basesRefused: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Restores the base models of a backup. Each one is validated as when it was added; one that fails
 * is refused and reported. One that is stored here and intact does not change.
 *
 * @param onDone called after each base model
 * @throws the signal's reason
 */
export async function restoreBases(
  { library, damagedBases, read }: Backup,
  ownBases: OwnBases,
  signal: AbortSignal | undefined,
  onDone: () => void,
): Promise<RestoredBases> {
  const here = new Set(((await getSetting('ownBases')) ?? []).map(({ id }) => id));
  const isIntact = (id: string) => ownBases.files(id).then(Boolean, () => false);
  let basesAdded = 0;
  let basesHereAlready = 0;
  const basesRefused: { name: string; reason: string }[] = [];
  for (const base of library.bases ?? []) {
    signal?.throwIfAborted();
    try {
      if (here.has(base.id) && (await isIntact(base.id))) {
        basesHereAlready++;
      } else if (damagedBases.has(base.id)) {
        throw new Problem('damaged-backup', msg('It is damaged in this backup.'));
      } else {
        await ownBases.restore(base, await filesOf(base, read), signal ? { signal } : {});
        basesAdded++;
      }
    } catch (thrown) {
      signal?.throwIfAborted();
      basesRefused.push({ name: base.name, reason: Problem.from(thrown).message });
    }
    onDone();
  }
  return { basesAdded, basesHereAlready, basesRefused };
}

/** The files of a base model, as if they were chosen from a folder. */
async function filesOf({ id, files }: BaseBackup, read: Backup['read']): Promise<File[]> {
  const found: File[] = [];
  for (const { path } of files) found.push(new File([await read(basePath(id, path))], path));
  return found;
}
