import { liveAnswer } from '../../../widgets/answer/live-answer.ts';
import type { ModelClass } from '../../../records/model.ts';
import type { AskedPicture } from '../../../session/ask-run.ts';

/** The answer that a row shows: a class, or that the model is not sure. */
export interface AnswerRow extends AskedPicture {
  /** The most probable class. */
  readonly top: ModelClass;
  /** Its probability, 0 to 1. */
  readonly probability: number;
  /** Whether the model names it; see `liveAnswer`. */
  readonly sure: boolean;
}

/** Stands for the answers that name no class. */
export const NOT_SURE = 'not-sure';

/** The rows of the table, the least sure first: these are the ones that a person has to look at. */
export function answerRows(answers: readonly AskedPicture[]): AnswerRow[] {
  const rows = answers.flatMap((asked): AnswerRow[] => {
    const answer = liveAnswer(asked.model, undefined, asked.classification, 0);
    if (!answer) return [];
    const { top, topProbability: probability, sure } = answer;
    return [{ ...asked, top, probability, sure }];
  });
  return rows.sort((a, b) => Number(a.sure) - Number(b.sure) || a.probability - b.probability);
}

/** The id of a row's class, or NOT_SURE. */
export function answerOf({ top, sure }: AnswerRow): string {
  return sure ? top.id : NOT_SURE;
}

/** Number of rows by answer: the classes in the order of the model, then NOT_SURE. */
export function countAnswers(
  rows: readonly AnswerRow[],
): { readonly id: string; readonly label: ModelClass | undefined; readonly count: number }[] {
  const classes = new Map(
    rows.flatMap(({ model }) => model.classes.map((label) => [label.id, label] as const)),
  );
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(answerOf(row), (counts.get(answerOf(row)) ?? 0) + 1);
  return [...classes.keys(), NOT_SURE]
    .map((id) => ({ id, label: classes.get(id), count: counts.get(id) ?? 0 }))
    .filter(({ count }) => count > 0);
}
