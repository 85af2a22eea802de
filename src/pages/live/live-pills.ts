import { html, nothing, type TemplateResult } from 'lit';
import { aClass } from '../../ui/class-words.ts';
import type { LiveAnswer } from '../../ui/live-answer.ts';
import type { LiveAnswers } from '../../ui/live-answers.ts';
import type { StillController } from './still-controller.ts';

/** Says what the heat map's colour says. */
export function heatMapPill({ heatMap, model }: LiveAnswer): TemplateResult {
  const name = heatMap && model.classes[heatMap.classIndex]?.name;
  return html`<p class="pill over-square">
    ${name === undefined ? 'No heat map for this answer' : `What speaks for ${aClass(name)}`}
  </p>`;
}

/** The line over a still picture: what it is; with details, how long its answer took. */
export function stillPill(still: StillController, details: boolean) {
  const { picture, opening, said } = still;
  if (opening) return html`<p class="pill" role="status">Opening the photo…</p>`;
  if (!picture) return nothing;
  if (said.problem) return html`<p class="pill" role="status">${said.problem.message}</p>`;
  const time =
    details && said.milliseconds !== undefined ? ` · ${Math.round(said.milliseconds)} ms` : '';
  return html`<p class="pill" role="status" data-still=${picture.kind}>
    ${picture.kind === 'photo' ? 'Your photo' : 'Frozen'}${time}
  </p>`;
}

/** The line over the camera's picture: with details, how fast the answers come. */
export function speedPill({ problem, statistics }: LiveAnswers, details: boolean) {
  if (problem) return html`<p class="pill">${problem.message}</p>`;
  if (!details || !statistics) return nothing;
  const { perSecond, milliseconds } = statistics;
  return html`<p class="pill" data-fps=${perSecond}>
    ${perSecond} fps · ${Math.round(milliseconds)} ms
  </p>`;
}
