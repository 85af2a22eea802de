import { intlTag } from '../../../i18n/language.ts';
import { msg, str } from '../../../i18n/msg.ts';
import { plural } from '../../../i18n/plural.ts';
import type { ChosenFile, Elsewhere } from '../found-picture.ts';
import { isReadModelName } from './recognise-file.ts';

/** A backup, which Settings restores. @param name of its archive, or of a file in its folder */
export function backupElsewhere(name: string, files: readonly ChosenFile[]): Elsewhere {
  const sentence = msg(
    str`“${name}” is a backup of this app. It belongs in Settings: “Restore a backup”.`,
    { desc: 'name of a file' },
  );
  return { kind: 'backup', name, sentence, files };
}

/** A model that the app reads. @param name of its archive, or of a file in its folder */
export function modelElsewhere(name: string, files: readonly ChosenFile[]): Elsewhere {
  const sentence = msg(str`“${name}” is a trained model. It belongs in Models: “Add a model”.`, {
    desc: 'name of a file',
  });
  return { kind: 'model', name, sentence, files };
}

/** A model in one file: one that Keras or another phone saved is read, others are not. */
export function modelFile(
  name: string,
  files: readonly ChosenFile[],
  isRead = isReadModelName(name),
): Elsewhere {
  return isRead ? modelElsewhere(name, files) : otherModel(name);
}

/** A model in a format that the app does not read. */
function otherModel(name: string): Elsewhere {
  const sentence = msg(
    str`“${name}” is a model in a format that this app does not read. It reads TensorFlow.js (model.json with its .bin files) and Keras (.keras, .h5).`,
    { desc: 'name of a file' },
  );
  return { kind: 'nowhere', fault: 'model', name, sentence, files: [] };
}

/** An archive that the app does not open, for its format or for its depth within other archives. */
export function otherArchive(name: string): Elsewhere {
  const sentence = msg(str`“${name}” is an archive that this app does not open. Unpack it first.`, {
    desc: 'name of a file',
  });
  return { kind: 'nowhere', fault: 'archive', name, sentence, files: [] };
}

/** An archive of which the app reads nothing, as its files are encrypted. */
export function lockedArchive(name: string): Elsewhere {
  const sentence = msg(str`“${name}” is locked with a password. Unpack it first.`, {
    desc: 'name of a file',
  });
  return { kind: 'nowhere', fault: 'locked', name, sentence, files: [] };
}

/** An archive of which the app reads nothing, as it does not know the compression of its files. */
export function oddlyPacked(name: string): Elsewhere {
  const sentence = msg(
    str`“${name}” is packed in a way that this app does not read. Unpack it first.`,
    { desc: 'name of a file' },
  );
  return { kind: 'nowhere', fault: 'packed', name, sentence, files: [] };
}

/** A table of what a model answers, or of how a contest wants to have it. */
export function probabilityTable(name: string): Elsewhere {
  const sentence = msg(
    str`“${name}” holds a probability for each class. These are answers, and no labels.`,
    { desc: 'name of a file' },
  );
  return { kind: 'nowhere', fault: 'probabilities', name, sentence, files: [] };
}

/** Where files that were chosen for another purpose are photos. */
export function photosElsewhere(files: readonly ChosenFile[]): Elsewhere {
  const sentence = msg('It holds photos. They belong in Photos: “Import”.');
  return { kind: 'photos', name: files[0]?.path ?? '', sentence, files };
}

/** One sentence for all that the app does not read for the same reason. */
export function inOneSentence(items: readonly Elsewhere[]): Elsewhere[] {
  const counts = new Map<Elsewhere['fault'], number>();
  for (const { fault } of items) if (fault) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  const told = new Set<Elsewhere['fault']>();
  return items.flatMap((item) => {
    const { fault } = item;
    if (!fault) return [item];
    if (told.has(fault)) return [];
    told.add(fault);
    const more = counts.get(fault)! - 1;
    return [more === 0 ? item : { ...item, sentence: `${item.sentence} ${moreLikeIt(more)}` }];
  });
}

function moreLikeIt(count: number): string {
  const n = new Intl.NumberFormat(intlTag()).format(count);
  return plural(count, {
    one: msg('There is 1 more like it.', { desc: 'file' }),
    other: msg(str`There are ${n} more like it.`, { desc: 'files' }),
  });
}
