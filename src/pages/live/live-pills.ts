import { html, nothing } from 'lit';
import { msg, str } from '../../i18n/msg.ts';
import type { LiveAnswers } from '../../widgets/answer/live-answers-controller.ts';
import { wholeNumber } from '../../ui/phrases.ts';
import type { StillController } from './still-controller.ts';

/** The pill over a still picture: its kind, and with `details` how long its answer took. */
export function stillPill(still: StillController, details: boolean) {
  const { picture, opening, result } = still;
  if (opening) return html`<p class="pill" role="status">${msg('Opening the photo…')}</p>`;
  if (!picture) return nothing;
  if (result.problem) return html`<p class="pill" role="status">${result.problem.message}</p>`;
  const time =
    details && result.milliseconds !== undefined ? ` · ${millisecondsOf(result.milliseconds)}` : '';
  return html`<p class="pill" role="status" data-still=${picture.kind}>
    ${picture.kind === 'photo' ? msg('Your photo') : msg('Frozen')}${time}
  </p>`;
}

/**
 * The pill over the camera picture: a problem, or with `details` the rate and latency of the
 * answers.
 */
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
