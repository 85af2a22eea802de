import { html, type TemplateResult } from 'lit';
import { msg, str } from '../../i18n/msg.ts';
import type { EngineStatus } from '../../records/engine.ts';
import { presentClasses } from '../../models/present-classes.ts';
import { ENOUGH_PHOTOS } from '../../photos/class-counts.ts';
import { trainingSet } from '../../photos/training-set.ts';
import { percent } from '../../ui/phrases.ts';
import type { LiveAnswers } from '../../widgets/answer/live-answers-controller.ts';
import { captureHint } from './capture-hint.ts';
import type { LibrarySummary } from './library-summary.ts';

/**
 * The pill at the top of the Capture page: the model's prediction, or why there is none; before
 * there is a model, what to do next.
 */
export function statusPill(
  { answer, problem }: Pick<LiveAnswers, 'answer' | 'problem'>,
  status: EngineStatus,
  { classes, photos }: LibrarySummary,
): TemplateResult {
  if (problem) return pill(problem.message);
  if (answer?.unfamiliar) return pill(msg('Unlike your photos'));
  if (answer) {
    const name = presentClasses([answer.top], classes)[0]?.name ?? answer.top.name;
    const words = answer.sure ? msg(str`Looks like: ${name}`) : msg('Not sure');
    return pill(`${words} · ${percent(answer.topProbability)}`);
  }
  if (status.model && !status.model.untrained) return pill(msg('Looking…'));
  const hint = captureHint(trainingSet(classes, photos, { unreadable: status.unreadablePhotos }));
  switch (hint.kind) {
    case 'start':
      return pill(
        msg(str`Take ${ENOUGH_PHOTOS} of each to start`, { desc: 'photos of each class' }),
      );
    case 'more': {
      const { className, missing } = hint;
      return pill(msg(str`${className}: ${missing} more to go`, { desc: 'photos of a class' }));
    }
    case 'enough':
      return html`<a class="pill" href="#/train">${msg('Enough to train →')}</a>`;
  }
}

function pill(text: string): TemplateResult {
  return html`<p class="pill">${text}</p>`;
}
