import type { BaseClient } from '../learning/api/base-client.ts';
import type { BaseBackup } from '../records/base-spec.ts';
import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { getSetting } from '../storage/settings.ts';
import { basePath } from './backup-format.ts';
import type { Backup } from './read-backup.ts';

/** Where base models of the person's own are kept, and what looks at them closely before. */
export type OwnBases = Pick<BaseClient, 'files' | 'restore'>;

export interface RestoredBases {
  readonly basesAdded: number;
  readonly basesHereAlready: number;
  /** Names of those that are not used, and why. */
  readonly basesRefused: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Brings the base models of a backup here, each checked as when it was added; one that does not pass
 * stays out and is named. One that is here, whole, stays as it is.
 *
 * @param onDone after each
 * @throws the signal's reason
 */
export async function restoreBases(
  { library, damagedBases, read }: Backup,
  ownBases: OwnBases,
  signal: AbortSignal | undefined,
  onDone: () => void,
): Promise<RestoredBases> {
  const here = new Set(((await getSetting('ownBases')) ?? []).map(({ id }) => id));
  const isWhole = (id: string) => ownBases.files(id).then(Boolean, () => false);
  let basesAdded = 0;
  let basesHereAlready = 0;
  const basesRefused: { name: string; reason: string }[] = [];
  for (const base of library.bases ?? []) {
    signal?.throwIfAborted();
    try {
      if (here.has(base.id) && (await isWhole(base.id))) {
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

/** As a person would choose them from a folder. */
async function filesOf({ id, files }: BaseBackup, read: Backup['read']): Promise<File[]> {
  const found: File[] = [];
  for (const { path } of files) found.push(new File([await read(basePath(id, path))], path));
  return found;
}
