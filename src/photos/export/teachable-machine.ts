import { folderNames } from './folder-names.ts';
import { classesOf, type ExportedPhoto, type PhotoExport } from './photo-export.ts';

/** Width and height of the pictures in a Teachable Machine project, in pixels. */
const SIZE = 224;

/** What Teachable Machine writes for an image project with its own defaults. */
const MANIFEST = {
  type: 'image',
  version: '2.4.10',
  appdata: {
    publishResults: {},
    trainEpochs: 50,
    trainBatchSize: 16,
    trainLearningRate: 0.001,
  },
};

/**
 * A Teachable Machine image project (`.tm`): a zip archive without folders of `CLASS-!-INDEX.jpg`,
 * 224 x 224 pixels, and `manifest.json`. It has no splits: Teachable Machine splits by itself.
 */
export function teachableMachineProject(photos: readonly ExportedPhoto[]): PhotoExport {
  const names = folderNames(classesOf(photos));
  const counts = new Map<string, number>();
  return {
    folders: [],
    entries: photos.map((exported) => {
      const name = names.get(exported.label.id)!;
      const index = counts.get(name) ?? 0;
      counts.set(name, index + 1);
      return { ...exported, path: `${name}-!-${index}.jpg` };
    }),
    size: SIZE,
    texts: () => ({ 'manifest.json': JSON.stringify(MANIFEST) }),
  };
}
