import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';

/** Beside the photos of a Teachable Machine project, in the archive's root. */
export const PROJECT_FILE = 'manifest.json';
/** More than this no project writes. */
export const MAX_PROJECT_FILE_BYTES = 1_000_000;

/** The class in `<class>-!-<index>.jpg`; undefined for any other name. */
export function projectLabel(name: string): string | undefined {
  return /^(.+)-!-\d+\.\w+$/s.exec(name)?.[1];
}

/**
 * Whether a manifest is that of a Teachable Machine project of photos: `{"type": "image", …}`.
 *
 * @throws Problem `archive` when it is one of sounds or of poses
 */
export function isPhotoProject(manifest: string): boolean {
  const { type } = parse(manifest) as { type?: unknown };
  if (type === 'audio' || type === 'pose') {
    throw new Problem(
      'archive',
      type === 'audio'
        ? msg('A Teachable Machine project of sounds: only one of photos can be imported.')
        : msg('A Teachable Machine project of poses: only one of photos can be imported.'),
    );
  }
  return type === 'image';
}

/** A web app or a data set may bring a manifest.json of its own: any JSON, or none. */
function parse(manifest: string): object {
  try {
    const value: unknown = JSON.parse(manifest);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
