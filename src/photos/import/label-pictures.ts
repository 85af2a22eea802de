import { msg } from '../../i18n/msg.ts';
import { isSameName } from '../../platform/name.ts';
import { Problem } from '../../platform/problem.ts';
import type { ClassRecord } from '../../records/class.ts';
import type { Split } from '../../records/photo.ts';
import { parseClassName } from '../class-name.ts';
import { withFreeOrderAndColour } from '../free-class.ts';
import type { FoundPicture } from './found-picture.ts';
import { newClassName, type GroupChoice, type LabelGroup } from './label-groups.ts';
import { classesGivingWay } from './suggest-choices.ts';

/** A picture and the class that it is imported as. */
export interface LabelledPicture {
  readonly picture: FoundPicture;
  readonly classId: string;
  /** That of its data set, if the person keeps it; the library decides otherwise. */
  readonly split?: Split;
}

export interface Labelling {
  readonly pictures: readonly LabelledPicture[];
  /** The classes of these pictures. */
  readonly labels: readonly ClassRecord[];
  /** The classes among them that the import adds, each together with its first photo. */
  readonly newClasses: readonly ClassRecord[];
  /** By the id of a new class, the unused first class whose place it takes. */
  readonly replaced: ReadonlyMap<string, ClassRecord>;
}

/** What the person chose for the groups, and about the split. */
export interface MatchingChoice {
  /** One per group. */
  readonly choices: readonly GroupChoice[];
  /** Whether pictures stay in the splits of their data set. */
  readonly keepsSplit: boolean;
}

/**
 * Applies the user's choice for each group.
 *
 * @param classes of the library
 * @param unused the first classes of a library in which nothing was ever done
 * @throws Problem `too-many`, `taken`, `gone`, or of a NameProblemKind
 */
export function labelPictures(
  groups: readonly LabelGroup[],
  { choices, keepsSplit }: MatchingChoice,
  classes: readonly ClassRecord[],
  unused: readonly ClassRecord[] = [],
): Labelling {
  const leaving = classesGivingWay(groups, choices, unused);
  const staying = classes.filter(({ id }) => leaving.every((one) => one.id !== id));
  const names = groups.flatMap(({ label }, index) => {
    const name = choices[index] === 'new' ? newClassName(label) : undefined;
    return name === undefined ? [] : [name];
  });
  const newClasses: ClassRecord[] = [];
  const labels = new Set<ClassRecord>();
  const pictures: LabelledPicture[] = [];
  for (const [index, group] of groups.entries()) {
    const label = labelOf(group, choices[index]!, staying, newClasses, { leaving, names });
    if (!label) continue;
    labels.add(label);
    for (const picture of group.pictures) {
      const split = keepsSplit ? picture.split : undefined;
      pictures.push({ picture, classId: label.id, ...(split && { split }) });
    }
  }
  const replaced = new Map(
    leaving.flatMap((one) => {
      const successor = newClasses.find(({ order }) => order === one.order);
      return successor ? [[successor.id, one] as const] : [];
    }),
  );
  return { pictures, labels: [...labels], newClasses, replaced };
}

function labelOf(
  group: LabelGroup,
  choice: GroupChoice,
  classes: readonly ClassRecord[],
  newClasses: ClassRecord[],
  { leaving, names }: { leaving: readonly ClassRecord[]; names: readonly string[] },
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
  // A class takes the place of the one of its name, or else of one whose name no group has.
  const free = leaving.filter((one) => newClasses.every(({ order }) => order !== one.order));
  const place =
    free.find((one) => isSameName(one.name, name)) ??
    free.find((one) => !names.some((other) => isSameName(one.name, other))) ??
    free[0];
  const { order, palette } = place ?? { order: -1, palette: -1 };
  const id = crypto.randomUUID();
  const others = [...classes, ...newClasses];
  const added = withFreeOrderAndColour({ id, name, order, palette }, others);
  newClasses.push(added);
  return added;
}
