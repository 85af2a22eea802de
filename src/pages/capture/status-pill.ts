import { html, type TemplateResult } from 'lit';
import type { EngineStatus } from '../../learning/service.ts';
import { aClass } from '../../ui/class-words.ts';
import { percent } from '../../ui/phrases.ts';
import type { LiveAnswer } from '../live/live-answers.ts';
import { captureHint, ENOUGH_PHOTOS } from './capture-hint.ts';
import type { LibrarySummary } from './library-summary.ts';

/** Below this the model only guesses, and the pill says so. */
const SURE = 0.6;

/** The line at the top of Capture: the model's guess, or before there is a model, what to do. */
export function statusPill(
  answer: LiveAnswer | undefined,
  status: EngineStatus,
  { classes, counts }: LibrarySummary,
): TemplateResult {
  if (answer) {
    const words =
      answer.topProbability < SURE ? 'Not sure' : `Looks like ${aClass(answer.top.name)}`;
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
