import { msg } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';
import { pathParts } from '../../../platform/archive/ignored-path.ts';
import { parseRecord } from './json.ts';

const nameOf = (path: string) => pathParts(path).at(-1) ?? '';

/** Labels by path of a project's pictures, where the paths belong to a project. */
export type ProjectLabels = (path: string) => string | undefined;

/**
 * How the pictures of a project are labelled: a Teachable Machine project has the class in each
 * name, its successor GenAI-TM a number and a list of labels.
 *
 * @param texts contents of the label files, by path
 * @returns undefined if the paths are no project
 * @throws Problem `archive` for a Teachable Machine project of sounds or poses
 */
export function readProject(
  paths: readonly string[],
  texts: ReadonlyMap<string, string>,
): ProjectLabels | undefined {
  for (const [path, text] of texts) {
    if (nameOf(path) === 'manifest.json' && isPhotoProject(text)) {
      return (picture) => projectLabel(nameOf(picture));
    }
    const labels = nameOf(path) === 'metadata.json' ? labelList(text) : undefined;
    if (labels && paths.some((one) => sampleLabel(one, labels) !== undefined)) {
      return (picture) => sampleLabel(picture, labels);
    }
  }
  return undefined;
}

/** The class in a file name `<class>-!-<index>.jpg`; undefined for any other name. */
export function projectLabel(name: string): string | undefined {
  return /^(.+)-!-\d+\.\w+$/s.exec(name)?.[1];
}

/** The class of `samples/<class>_<index>.png`. */
function sampleLabel(path: string, labels: readonly string[]): string | undefined {
  const [folder, name = ''] = pathParts(path).slice(-2);
  const number = /^(\d+)_\d+\.\w+$/.exec(name)?.[1];
  return folder === 'samples' && number !== undefined ? labels[Number(number)] : undefined;
}

function labelList(text: string): string[] | undefined {
  const { labels } = parseRecord(text);
  const isList = Array.isArray(labels) && labels.every((label) => typeof label === 'string');
  return isList ? labels : undefined;
}

/**
 * Whether a manifest belongs to a Teachable Machine image project: `{"type": "image", …}`. A web
 * app or a data set may contain another manifest.json.
 *
 * @throws Problem `archive` when it belongs to an audio or pose project
 */
export function isPhotoProject(manifest: string): boolean {
  const { type } = parseRecord(manifest);
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
