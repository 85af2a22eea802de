import { Problem } from '../platform/problem.ts';
import type { ChosenFile, Elsewhere } from '../photos/import/found-picture.ts';
import type { TemporaryFile } from '../platform/temporary-files.ts';
import { storageProblem } from '../storage/storage-problem.ts';
import { backupName, type BackupProgress } from '../backup/backup-format.ts';
import type { BackupSource } from '../backup/backup-entries.ts';
import type { Backup } from '../backup/read-backup.ts';
import type { RestoreReport } from '../backup/restore-backup.ts';
import type { OwnBases } from '../backup/restore-bases.ts';
import type { ChosenBase } from '../backup/restore-settings.ts';
import type { BackupReport } from '../backup/write-backup.ts';

export type BackupWork = 'writing' | 'checking' | 'restoring';

/** A finished backup until the person saves it. */
export interface UnsavedBackup {
  readonly file: File;
  readonly temporary: TemporaryFile;
  /** Absent if the backup was written before this start of the app. */
  readonly report?: BackupReport;
}

/** What a backup or restore is doing, or how it ended. */
export type BackupState =
  | { readonly kind: 'idle' }
  | { readonly kind: BackupWork; readonly progress: BackupProgress | undefined }
  | { readonly kind: 'written'; readonly backup: UnsavedBackup }
  | { readonly kind: 'checked'; readonly backup: Backup }
  | { readonly kind: 'restored'; readonly report: RestoreReport }
  | {
      readonly kind: 'failed';
      readonly at: BackupWork;
      readonly problem: Problem;
      /** What was chosen in place of a backup. */
      readonly elsewhere?: readonly Elsewhere[];
    };

/**
 * The backup or restore of this page, one at a time. It belongs to no element, so it continues when
 * the dialog is closed. A `change` event is fired when `state` changes. The code that reads and
 * writes zip archives is loaded lazily.
 */
class BackupRun extends EventTarget {
  state: BackupState = { kind: 'idle' };
  /** Backups that this window holds and offers to save. */
  unsaved: readonly UnsavedBackup[] = [];
  #saved: readonly TemporaryFile[] = [];
  #stop: AbortController | undefined;

  get running(): boolean {
    return this.#stop !== undefined;
  }

  /** Writes the whole library to a temporary file. Never rejects: see `state`. */
  async write(ownBases: OwnBases): Promise<void> {
    await this.#work('writing', async (options) => {
      const { writeBackup } = await import('../backup/write-backup.ts');
      const { librarySource } = await import('../backup/library-source.ts');
      const { backupFiles } = await import('../backup/backup-files.ts');
      for (const temporary of this.#saved) await temporary.remove();
      this.#saved = [];
      const temporary = await backupFiles.open();
      try {
        const report = await writeBackup(temporary.sink, librarySource(ownBases), options);
        const backup = { file: await temporary.read(backupName(Date.now())), temporary, report };
        this.unsaved = [...this.unsaved, backup];
        return { kind: 'written', backup };
      } catch (thrown) {
        await temporary.remove();
        throw thrown;
      }
    });
  }

  /**
   * Finds backups that were not saved before their window was reloaded, closed or crashed. Never
   * rejects: the next start tries again.
   */
  async findUnsaved(): Promise<void> {
    try {
      const { backupFiles } = await import('../backup/backup-files.ts');
      for (const temporary of await backupFiles.findUnsaved()) {
        const file = await temporary.read(backupName(temporary.writtenAt));
        this.unsaved = [...this.unsaved, { file, temporary }];
      }
    } catch (thrown) {
      console.warn('Unsaved backups could not be looked for.', thrown);
    }
    this.#changed();
  }

  /** Shows a backup that is not saved yet. */
  offer(backup: UnsavedBackup): void {
    if (!this.running) this.#setState({ kind: 'written', backup });
  }

  /**
   * Call it when the person has saved a backup: it is not offered any more. The browser may still
   * read the file, so it is deleted at the next backup or start of the app.
   */
  async saved(backup: UnsavedBackup): Promise<void> {
    this.#saved = [...this.#saved, backup.temporary];
    this.#forget(backup);
    await backup.temporary.markSaved();
  }

  /** Deletes a backup that is not saved. */
  async discard(backup: UnsavedBackup): Promise<void> {
    this.#forget(backup);
    await backup.temporary.remove();
  }

  /** Checks a whole backup without changing the library. Never rejects: see `state`. */
  async check(source: BackupSource): Promise<void> {
    await this.#work('checking', async (options) => {
      const { openBackup } = await import('../backup/read-backup.ts');
      try {
        return { kind: 'checked', backup: await openBackup(source, options) };
      } catch (thrown) {
        if (Problem.from(thrown).kind !== 'not-a-backup') throw thrown;
        const { whatElse } = await import('../photos/import/what-else.ts');
        const found = await whatElse(source instanceof Blob ? asChosen(source) : source);
        const elsewhere = found.filter(({ kind }) => kind !== 'backup');
        return { kind: 'failed', at: 'checking', problem: Problem.from(thrown), elsewhere };
      }
    });
  }

  /**
   * Restores the checked backup into the library. Never rejects: see `state`.
   *
   * @param changeBase called if the backup has changed the selected base
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

  /** Cancels what is running. What a restore has stored until then stays. */
  stop(): void {
    this.#stop?.abort();
  }

  /** Clears the result; a backup that was not saved stays in `unsaved`. */
  dismiss(): void {
    if (this.running) return;
    this.#setState({ kind: 'idle' });
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
    this.#setState({ kind, progress: undefined });
    let end: BackupState;
    try {
      end = await work({
        signal,
        onProgress: (progress) => {
          this.#setState({ kind, progress });
        },
      });
    } catch (thrown) {
      end = signal.aborted
        ? { kind: 'idle' }
        : { kind: 'failed', at: kind, problem: storageProblem(thrown) };
    }
    this.#stop = undefined;
    this.#setState(end);
  }

  #forget(backup: UnsavedBackup): void {
    this.unsaved = this.unsaved.filter((one) => one !== backup);
    this.#changed();
  }

  #setState(state: BackupState): void {
    this.state = state;
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

function asChosen(source: Blob): ChosenFile[] {
  return source instanceof File ? [{ file: source, path: source.name }] : [];
}

/** The instance of this page. */
export const backupRun = new BackupRun();
