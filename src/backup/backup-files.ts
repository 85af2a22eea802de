import { TemporaryFiles } from '../platform/temporary-files.ts';

/** The finished backups of this phone until the person saves them. */
export const backupFiles = new TemporaryFiles('backup');
