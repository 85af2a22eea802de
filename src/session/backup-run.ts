import { Problem } from '../platform/problem.ts';
import { storageProblem } from '../storage/storage-problem.ts';
import { backupName, type BackupProgress } from '../backup/backup-format.ts';
import { dropTemporaryFile, openTemporaryFile } from '../backup/backup-file.ts';
import type { Backup } from '../backup/read-backup.ts';
import type { RestoreReport } from '../backup/restore-backup.ts';
import type { OwnBases } from '../backup/restore-bases.ts';
import type { ChosenBase } from '../backup/restore-settings.ts';
import type { BackupReport } from '../backup/write-backup.ts';

export type BackupWork = 'writing' | 'checking' | 'restoring';

export type BackupState =
  | { readonly kind: 'idle' }
  | { readonly kind: BackupWork; readonly progress: BackupProgress | undefined }
  | { readonly kind: 'written'; readonly file: File; readonly report: BackupReport }
  | { readonly kind: 'checked'; readonly backup: Backup }
  | { readonly kind: 'restored'; readonly report: RestoreReport }
  | { readonly kind: 'failed'; readonly at: BackupWork; readonly problem: Problem };

/**
 * The backup or restore of this page load, one at a time; it belongs to no element. A `change` event
 * says that its state is another. The code that reads and writes zips arrives when it is needed.
 */
export class BackupRun extends EventTarget {
  state: BackupState = { kind: 'idle' };
  #stop: AbortController | undefined;

  get running(): boolean {
    return this.#stop !== undefined;
  }

  /** Writes the whole library into a temporary file. */
  async write(ownBases: OwnBases): Promise<void> {
    await this.#work('writing', async (options) => {
      const { writeBackup } = await import('../backup/write-backup.ts');
      const { sink, read } = await openTemporaryFile();
      const report = await writeBackup(sink, ownBases, options);
      return { kind: 'written', report, file: await read(backupName(Date.now())) };
    });
  }

  /** Looks at every byte of a backup; nothing is changed yet. */
  async check(file: Blob): Promise<void> {
    await this.#work('checking', async (options) => {
      const { openBackup } = await import('../backup/read-backup.ts');
      return { kind: 'checked', backup: await openBackup(file, options) };
    });
  }

  /**
   * Brings the backup that was checked into the library.
   *
   * @param changeBase called with a base that came into use with it
   */
  async restore(
    ownBases: OwnBases,
    changeBase: (base: ChosenBase) => Promise<void>,
  ): Promise<void> {
    const { state } = this;
    if (state.kind !== 'checked') return;
    await this.#work('restoring', async (options) => {
      const { restoreBackup } = await import('../backup/restore-backup.ts');
      const report = await restoreBackup(state.backup, ownBases, options);
      if (report.base) void changeBase(report.base);
      return { kind: 'restored', report };
    });
  }

  /** Ends what is under way; of a restore, what is stored stays. */
  stop(): void {
    this.#stop?.abort();
  }

  /** Once the person has seen how it ended. The temporary file goes at the next start of the app. */
  forget(): void {
    if (this.running) return;
    this.#become({ kind: 'idle' });
  }

  async #work(
    kind: BackupWork,
    work: (options: {
      signal: AbortSignal;
      onProgress: (progress: BackupProgress) => void;
    }) => Promise<BackupState>,
  ): Promise<void> {
    if (this.running) return;
    const { signal } = (this.#stop = new AbortController());
    this.#become({ kind, progress: undefined });
    let end: BackupState;
    try {
      end = await work({
        signal,
        onProgress: (progress) => {
          this.#become({ kind, progress });
        },
      });
    } catch (thrown) {
      if (kind === 'writing') await dropTemporaryFile();
      end = signal.aborted
        ? { kind: 'idle' }
        : { kind: 'failed', at: kind, problem: storageProblem(thrown) };
    }
    this.#stop = undefined;
    this.#become(end);
  }

  #become(state: BackupState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

/** The page's one. */
export const backupRun = new BackupRun();
