import { LONGEST_NAME, parseName } from '../photos/class-name.ts';

const NUMBERED = /^Model (\d+)$/;

/** "Model 4" where "Model 3" has the highest number of the names, those of deleted models among them. */
export function nextModelName(names: readonly string[]): string {
  const numbers = names.map((name) => Number(NUMBERED.exec(name)?.[1] ?? 0));
  return `Model ${Math.max(0, ...numbers) + 1}`;
}

/** What a person typed as the name of a model. @throws Problem as `parseName` */
export function parseModelName(typed: string): string {
  return parseName(typed, 'Give the model a name.');
}

/** "Model 3, fine-tuned"; a long name gives way to the addition. */
export function tunedModelName(head: string): string {
  const addition = ', fine-tuned';
  const kept = Array.from(head).slice(0, LONGEST_NAME - addition.length);
  return kept.join('').trimEnd() + addition;
}
