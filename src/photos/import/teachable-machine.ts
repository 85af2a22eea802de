import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';

/** The manifest of a Teachable Machine project, in the root of the archive. */
export const PROJECT_FILE = 'manifest.json';
/** Teachable Machine never writes a larger manifest. */
export const MAX_PROJECT_FILE_BYTES = 1_000_000;

/** The class in a file name `<class>-!-<index>.jpg`; undefined for any other name. */
export function projectLabel(name: string): string | undefined {
  return /^(.+)-!-\d+\.\w+$/s.exec(name)?.[1];
}

/**
 * Whether a manifest belongs to a Teachable Machine image project: `{"type": "image", …}`.
 *
 * @throws Problem `archive` when it belongs to an audio or pose project
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

/** A web app or a data set may contain another manifest.json: any JSON, or no JSON at all. */
function parse(manifest: string): object {
  try {
    const value: unknown = JSON.parse(manifest);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
