import { msg } from '../../i18n/msg.ts';
import { isSameName } from '../../platform/name.ts';
import { Problem } from '../../platform/problem.ts';
import type { ClassRecord } from '../../records/class.ts';
import { parseClassName } from '../class-name.ts';
import { withFreeOrderAndColour } from '../free-class.ts';
import type { FoundPicture } from './found-picture.ts';
import { newClassName, type GroupChoice, type LabelGroup } from './label-groups.ts';

/** A picture and the class that it is imported as. */
export interface LabelledPicture {
  readonly picture: FoundPicture;
  readonly classId: string;
}

export interface Labelling {
  readonly pictures: readonly LabelledPicture[];
  /** The classes of these pictures. */
  readonly labels: readonly ClassRecord[];
  /** The classes among them that the import adds, each together with its first photo. */
  readonly newClasses: readonly ClassRecord[];
}

/**
 * Applies the user's choice for each group.
 *
 * @param choices one per group
 * @param classes of the library
 * @throws Problem `too-many`, `taken`, `gone`, or of a NameProblemKind
 */
export function labelPictures(
  groups: readonly LabelGroup[],
  choices: readonly GroupChoice[],
  classes: readonly ClassRecord[],
): Labelling {
  const newClasses: ClassRecord[] = [];
  const labels = new Set<ClassRecord>();
  const pictures: LabelledPicture[] = [];
  for (const [index, group] of groups.entries()) {
    const label = labelOf(group, choices[index]!, classes, newClasses);
    if (!label) continue;
    labels.add(label);
    for (const picture of group.pictures) pictures.push({ picture, classId: label.id });
  }
  return { pictures, labels: [...labels], newClasses };
}

function labelOf(
  group: LabelGroup,
  choice: GroupChoice,
  classes: readonly ClassRecord[],
  newClasses: ClassRecord[],
): ClassRecord | undefined {
  if (choice === 'leave-out') return undefined;
  if (choice !== 'new') {
    const chosen = classes.find(({ id }) => choice === `class:${id}`);
    if (!chosen) throw new Problem('gone', msg('The class was removed meanwhile.'));
    return chosen;
  }
  const name = parseClassName(newClassName(group.label) ?? '');
  const same = newClasses.find((one) => isSameName(one.name, name));
  if (same) return same;
  const added = withFreeOrderAndColour({ id: crypto.randomUUID(), name, order: -1, palette: -1 }, [
    ...classes,
    ...newClasses,
  ]);
  newClasses.push(added);
  return added;
}
