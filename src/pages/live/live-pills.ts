import { html, nothing, type TemplateResult } from 'lit';
import { msg, str } from '../../i18n/msg.ts';
import { aClass } from '../../widgets/answer/class-words.ts';
import type { LiveAnswer } from '../../widgets/answer/live-answer.ts';
import type { LiveAnswers } from '../../widgets/answer/live-answers-controller.ts';
import { wholeNumber } from '../../ui/phrases.ts';
import type { StillController } from './still-controller.ts';

/** Says what the heat map's colour says. */
export function heatMapPill({ heatMap, model }: LiveAnswer): TemplateResult {
  const name = heatMap && model.classes[heatMap.classIndex]?.name;
  const what = name && aClass(name);
  return html`<p class="pill over-square">
    ${what === undefined ? msg('No heat map for this answer') : msg(str`What speaks for ${what}`)}
  </p>`;
}

/** The line over a still picture: what it is; with details, how long its answer took. */
export function stillPill(still: StillController, details: boolean) {
  const { picture, opening, said } = still;
  if (opening) return html`<p class="pill" role="status">${msg('Opening the photo…')}</p>`;
  if (!picture) return nothing;
  if (said.problem) return html`<p class="pill" role="status">${said.problem.message}</p>`;
  const time =
    details && said.milliseconds !== undefined ? ` · ${millisecondsOf(said.milliseconds)}` : '';
  return html`<p class="pill" role="status" data-still=${picture.kind}>
    ${picture.kind === 'photo' ? msg('Your photo') : msg('Frozen')}${time}
  </p>`;
}

/** The line over the camera's picture: with details, how fast the answers come. */
export function speedPill({ problem, statistics }: LiveAnswers, details: boolean) {
  if (problem) return html`<p class="pill">${problem.message}</p>`;
  if (!details || !statistics) return nothing;
  const { perSecond, milliseconds } = statistics;
  const rate = wholeNumber(perSecond);
  return html`<p class="pill" data-fps=${perSecond}>
    ${msg(str`${rate} fps`, { desc: 'answers a second, short' })} · ${millisecondsOf(milliseconds)}
  </p>`;
}

function millisecondsOf(time: number): string {
  const milliseconds = wholeNumber(time);
  return msg(str`${milliseconds} ms`);
}
