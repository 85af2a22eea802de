import { msg, str } from '../../../i18n/msg.ts';
import type { ChosenFile, Elsewhere } from '../found-picture.ts';
import { isKerasName } from './recognise-file.ts';

export function backupElsewhere(name: string, files: readonly ChosenFile[]): Elsewhere {
  const sentence = msg(
    str`“${name}” is a backup of this app. It belongs in Settings: “Restore a backup”.`,
    { desc: 'name of a file' },
  );
  return { kind: 'backup', name, sentence, files };
}

export function modelElsewhere(name: string, files: readonly ChosenFile[]): Elsewhere {
  const sentence = msg(str`“${name}” is a trained model. It belongs in Models: “Add a model”.`, {
    desc: 'name of a file',
  });
  return { kind: 'model', name, sentence, files };
}

/** A model in one file: one that Keras saved is read, others are not. */
export function modelFile(
  name: string,
  files: readonly ChosenFile[],
  isKeras = isKerasName(name),
): Elsewhere {
  return isKeras ? modelElsewhere(name, files) : otherModel(name);
}

function otherModel(name: string): Elsewhere {
  const sentence = msg(
    str`“${name}” is a model in a format that this app does not read. It reads TensorFlow.js (model.json with its .bin files) and Keras (.keras, .h5).`,
    { desc: 'name of a file' },
  );
  return { kind: 'nowhere', name, sentence, files: [] };
}

export function otherArchive(name: string): Elsewhere {
  const sentence = msg(str`“${name}” is an archive that this app does not open. Unpack it first.`, {
    desc: 'name of a file',
  });
  return { kind: 'nowhere', name, sentence, files: [] };
}

export function lockedArchive(name: string): Elsewhere {
  const sentence = msg(str`“${name}” is locked with a password. Unpack it first.`, {
    desc: 'name of a file',
  });
  return { kind: 'nowhere', name, sentence, files: [] };
}

export function oddlyPacked(name: string): Elsewhere {
  const sentence = msg(
    str`“${name}” is packed in a way that this app does not read. Unpack it first.`,
    { desc: 'name of a file' },
  );
  return { kind: 'nowhere', name, sentence, files: [] };
}
