import { MOST_CLASSES } from '../class-limits.ts';
import type { ClassRecord } from '../../records/class.ts';
import { breedKind } from './breeds.ts';
import { newClassName, type GroupChoice, type LabelGroup } from './label-groups.ts';
import { isCode, plain } from './layout/words.ts';
import { matchClasses } from './match-class.ts';

/** The default choices of a set. */
export interface Suggestion {
  /** One per group. */
  readonly choices: readonly GroupChoice[];
  /** Whether the set has more classes than there is room for, so that none of them is chosen. */
  readonly isCrowded: boolean;
}

/**
 * The default choice for each group: the class that its label means, or a new class. Where there is
 * no room for all new classes, none of them is made: breeds of cats or dogs go to a class of these, and
 * the others are for the person to say.
 *
 * @param classes of the library
 * @param unused the first classes of a library in which nothing was ever done
 */
export function suggestChoices(
  groups: readonly LabelGroup[],
  classes: readonly ClassRecord[],
  unused: readonly ClassRecord[],
): Suggestion {
  const labels = groups.map(({ label }) => label);
  const choices = matchClasses(labels, classes).map((match, index): GroupChoice => {
    if (match) return `class:${match.id}`;
    return newClassName(labels[index]) ? 'new' : 'leave-out';
  });
  if (hasRoom(groups, choices, classes, unused)) return { choices, isCrowded: false };
  const breeds = matchClasses(
    labels.map((label) => label && breedKind(label)),
    classes,
  );
  const known = choices.map((choice, index): GroupChoice => {
    if (choice !== 'new') return choice;
    const match = breeds[index];
    return match ? `class:${match.id}` : 'leave-out';
  });
  return { choices: known, isCrowded: true };
}

/**
 * The unused first classes that a set's own classes replace: all, when the set brings two or more
 * classes and none of these.
 */
export function classesGivingWay(
  groups: readonly LabelGroup[],
  choices: readonly GroupChoice[],
  unused: readonly ClassRecord[],
): readonly ClassRecord[] {
  const isChosen = unused.some(({ id }) => choices.includes(`class:${id}`));
  return isChosen || newNames(groups, choices).size < 2 ? [] : unused;
}

/**
 * Whether the default choices leave nothing to ask: each label means a class of the library, or all
 * are new and the unused first classes give way to them.
 */
export function isCertain(
  groups: readonly LabelGroup[],
  classes: readonly ClassRecord[],
  unused: readonly ClassRecord[],
): boolean {
  const { choices, isCrowded } = suggestChoices(groups, classes, unused);
  const areKnown = choices.every((choice) => choice.startsWith('class:'));
  // What "0" is, only the person can say.
  const areNew = choices.every(
    (choice, index) => choice === 'new' && !isCode(groups[index]!.label ?? ''),
  );
  const giveWay = classesGivingWay(groups, choices, unused).length === classes.length;
  return !isCrowded && (areKnown || (areNew && giveWay));
}

/** Whether the library can have all the classes that the choices lead to. */
export function hasRoom(
  groups: readonly LabelGroup[],
  choices: readonly GroupChoice[],
  classes: readonly ClassRecord[],
  unused: readonly ClassRecord[],
): boolean {
  const stay = classes.length - classesGivingWay(groups, choices, unused).length;
  return stay + newNames(groups, choices).size <= MOST_CLASSES;
}

function newNames(groups: readonly LabelGroup[], choices: readonly GroupChoice[]): Set<string> {
  return new Set(
    groups.flatMap(({ label }, index) =>
      choices[index] === 'new' ? [plain(newClassName(label) ?? '')] : [],
    ),
  );
}
