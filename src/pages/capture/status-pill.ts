import { html, type TemplateResult } from 'lit';
import type { EngineStatus } from '../../learning/service.ts';
import { presentClasses } from '../../models/present-classes.ts';
import { ENOUGH_PHOTOS } from '../../photos/enough-photos.ts';
import { aClass } from '../../ui/class-words.ts';
import { percent } from '../../ui/phrases.ts';
import type { LiveAnswers } from '../../ui/live-answers.ts';
import { captureHint } from './capture-hint.ts';
import type { LibrarySummary } from './library-summary.ts';

/**
 * The line at the top of Capture: the model's guess or why there is none; before there is a model,
 * what to do.
 */
export function statusPill(
  { answer, problem }: Pick<LiveAnswers, 'answer' | 'problem'>,
  status: EngineStatus,
  { classes, counts }: LibrarySummary,
): TemplateResult {
  if (problem) return pill(problem.message);
  if (answer?.unfamiliar) return pill('Unlike your photos');
  if (answer) {
    const name = presentClasses([answer.top], classes)[0]?.name ?? answer.top.name;
    const words = answer.sure ? `Looks like ${aClass(name)}` : 'Not sure';
    return pill(`${words} · ${percent(answer.topProbability)}`);
  }
  if (status.model) return pill('Looking…');
  const hint = captureHint(classes, counts);
  switch (hint.kind) {
    case 'start':
      return pill(`Take ${ENOUGH_PHOTOS} of each to start`);
    case 'more':
      return pill(`${hint.className}: ${hint.missing} more to go`);
    case 'enough':
      return html`<a class="pill" href="#/train">Enough to train →</a>`;
  }
}

function pill(text: string): TemplateResult {
  return html`<p class="pill">${text}</p>`;
}
