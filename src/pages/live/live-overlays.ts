import { html, nothing } from 'lit';
import { msg, str } from '../../i18n/msg.ts';
import { styleMap } from '../../ui/style-map.ts';
import type { LiveAnswer } from '../../widgets/answer/live-answer.ts';
import '../../widgets/answer/heat-map.ts';

/** What of an answer is drawn over the picture. */
interface Shown {
  readonly heatMap: boolean;
  readonly frame: boolean;
}

/** The heat map and the frame over the marked square, with what they mean in words. */
export function liveOverlays(answer: LiveAnswer | undefined, shown: Shown) {
  if (!answer) return nothing;
  const { heatMap, model, frame } = answer;
  const words = [
    ...(shown.heatMap ? [heatMapWords(answer)] : []),
    // While its answer is on the way, nothing is said.
    ...(shown.frame && frame && !frame.box ? [msg('Nothing found to frame')] : []),
  ];
  return html`${
    shown.heatMap
      ? html`<pp-heat-map slot="square" .map=${heatMap} .classes=${model.classes}></pp-heat-map>`
      : nothing
  }
  ${shown.frame ? frameOverlay(answer) : nothing}
  ${words.length > 0 ? html`<p class="pill over-square">${words.join(' · ')}</p>` : nothing}`;
}

/** Explains what the heat map's colour means. */
function heatMapWords({ heatMap, model }: LiveAnswer): string {
  const name = heatMap && model.classes[heatMap.classIndex]?.name;
  return name === undefined
    ? msg('No heat map for this answer')
    : msg(str`What speaks for “${name}”`);
}

/** A thin frame, in fractions of the square: the viewfinder mirrors it with the picture. */
function frameOverlay({ frame }: LiveAnswer) {
  if (!frame?.box) return nothing;
  const { x, y, width, height } = frame.box;
  const percent = (fraction: number) => `${(100 * fraction).toFixed(2)}%`;
  return html`<div slot="square" class="frames" aria-hidden="true">
    <div
      class="frame"
      data-frame
      style=${styleMap({
        left: percent(x),
        top: percent(y),
        width: percent(width),
        height: percent(height),
      })}
    ></div>
  </div>`;
}
