import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { addClass, removeClass } from '../classes.ts';
import type { FoundPicture } from './found-picture.ts';
import { newClassName, type GroupChoice, type LabelGroup } from './label-groups.ts';
import { isSameName } from '../../platform/name.ts';
import type { ClassRecord } from '../../records/class.ts';

/** A picture and the class that it is imported as. */
export interface LabelledPicture {
  readonly picture: FoundPicture;
  readonly classId: string;
}

export interface Labelling {
  readonly pictures: readonly LabelledPicture[];
  /** The classes of these pictures. */
  readonly labels: readonly ClassRecord[];
  /** The classes among them that were added. */
  readonly created: readonly ClassRecord[];
}

/**
 * Applies the user's choice for each group and adds the new classes.
 *
 * @param choices one per group
 * @throws Problem of `addClass`, or `gone`; then no class is added
 */
export async function labelPictures(
  groups: readonly LabelGroup[],
  choices: readonly GroupChoice[],
  classes: readonly ClassRecord[],
): Promise<Labelling> {
  const created: ClassRecord[] = [];
  const labels = new Set<ClassRecord>();
  const pictures: LabelledPicture[] = [];
  try {
    for (const [index, group] of groups.entries()) {
      const label = await labelOf(group, choices[index]!, classes, created);
      if (!label) continue;
      labels.add(label);
      for (const picture of group.pictures) pictures.push({ picture, classId: label.id });
    }
  } catch (thrown) {
    for (const { id } of created) await removeClass(id);
    throw thrown;
  }
  return { pictures, labels: [...labels], created };
}

async function labelOf(
  group: LabelGroup,
  choice: GroupChoice,
  classes: readonly ClassRecord[],
  created: ClassRecord[],
): Promise<ClassRecord | undefined> {
  if (choice === 'leave-out') return undefined;
  if (choice !== 'new') {
    const chosen = classes.find(({ id }) => choice === `class:${id}`);
    if (!chosen) throw new Problem('gone', msg('The class was removed meanwhile.'));
    return chosen;
  }
  const name = newClassName(group.label) ?? '';
  const same = created.find((one) => isSameName(one.name, name));
  if (same) return same;
  const added = await addClass(name);
  created.push(added);
  return added;
}
