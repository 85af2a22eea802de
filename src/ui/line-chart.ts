import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { intlTag } from '../i18n/language.ts';
import { msg } from '../i18n/msg.ts';
import { wholeNumber } from './phrases.ts';
import { styleMap } from './style-map.ts';
import {
  CHART_HEIGHT,
  CHART_WIDTH,
  chartX,
  chartY,
  linePath,
  markSide,
  stepTicks,
  type Range,
} from './chart-scale.ts';

/** Length of the tick marks under the x axis, in SVG user units. */
const TICK = 4;

interface ChartSeries {
  readonly label: string;
  /** A CSS colour. */
  readonly colour: string;
  /** One value per step; `undefined` breaks the line. */
  readonly values: readonly (number | undefined)[];
  /** Distinguishes the line from another one without relying on colour. */
  readonly dashed?: boolean;
}

/** A vertical line at a step, with a label. */
interface ChartMark {
  /** Counted from 1. */
  readonly step: number;
  readonly label: string;
}

/**
 * A line chart over steps such as epochs. The SVG stretches to the element and keeps its line
 * widths; text is HTML above it, so that it is not distorted.
 */
@customElement('pp-line-chart')
export class LineChart extends LitElement {
  /** Later series are drawn over earlier ones. */
  @property({ attribute: false }) accessor series: readonly ChartSeries[] = [];
  @property({ attribute: false }) accessor range: Range = { low: 0, high: 1 };
  /** Number of steps on the x axis, if it is larger than the number of values so far. */
  @property({ type: Number }) accessor steps = 0;
  @property({ attribute: false }) accessor mark: ChartMark | undefined;
  /** Label of the x axis. */
  @property() accessor stepName = msg('epoch');
  /** The chart in words, for screen readers. */
  @property() accessor description = '';
  /** Formats the labels of the y axis. */
  @property({ attribute: false }) accessor format = (value: number) =>
    new Intl.NumberFormat(intlTag()).format(value);

  override render() {
    const { low, high } = this.range;
    const gridlines = [high, (low + high) / 2, low];
    const steps = Math.max(this.steps, ...this.series.map(({ values }) => values.length));
    const ticks = stepTicks(steps);
    return html`
      <figure aria-label=${this.description} role="img">
        <div class="plot">
          <svg
            viewBox="0 0 ${CHART_WIDTH} ${CHART_HEIGHT}"
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            ${gridlines.map((value) => {
              const y = chartY(value, this.range);
              return svg`<line class="grid" x1="0" x2=${CHART_WIDTH} y1=${y} y2=${y} />`;
            })}
            ${ticks.map((step) => {
              const x = chartX(step - 1, steps);
              return svg`<line class="grid" x1=${x} x2=${x} y1=${CHART_HEIGHT} y2=${CHART_HEIGHT + TICK} />`;
            })}
            ${this.#markLine(steps)} ${this.series.map((series) => this.#line(series, steps))}
          </svg>
          ${this.series.map((series) => this.#dot(series, steps))}
          ${gridlines.map(
            (value) =>
              html`<span class="value" style=${styleMap({ top: `${chartY(value, this.range)}%` })}
                >${this.format(value)}</span
              >`,
          )}
        </div>
        <div class="steps">
          ${ticks.map(
            (step) =>
              html`<span style=${styleMap({ left: `${chartX(step - 1, steps)}%` })}
                >${wholeNumber(step)}</span
              >`,
          )}
        </div>
        <div class="under"><span>${this.stepName}</span> ${this.#markLabel(steps)}</div>
        <div class="legend">
          ${this.series.map(
            ({ label, colour, dashed = false }) =>
              html`<span style=${styleMap({ color: colour })}
                ><i data-dashed=${dashed}></i>${label}</span
              >`,
          )}
        </div>
      </figure>
    `;
  }

  #markLine(steps: number) {
    if (!this.mark) return nothing;
    const x = chartX(this.mark.step - 1, steps);
    return svg`<line class="mark" x1=${x} x2=${x} y1="0" y2=${CHART_HEIGHT} />`;
  }

  #markLabel(steps: number) {
    if (!this.mark) return nothing;
    const x = chartX(this.mark.step - 1, steps);
    return html`<span
      class="mark-label"
      data-side=${markSide(x)}
      style=${styleMap({ left: `${x}%` })}
      >${this.mark.label}</span
    >`;
  }

  #line({ colour, values, dashed = false }: ChartSeries, steps: number) {
    if (values.every((value) => value === undefined)) return nothing;
    return svg`<path class="line" data-dashed=${dashed} d=${linePath(values, this.range, steps)} stroke=${colour} />`;
  }

  /** The last value. It is no part of the SVG, whose stretching would distort it. */
  #dot({ colour, values }: ChartSeries, steps: number) {
    const last = values.findLastIndex((value) => value !== undefined);
    const value = values[last];
    if (value === undefined) return nothing;
    const [left, top] = [`${chartX(last, steps)}%`, `${chartY(value, this.range)}%`];
    return html`<span class="dot" style=${styleMap({ left, top, background: colour })}></span>`;
  }

  static override styles = css`
    :host {
      display: block;
    }
    /* Steps go from left to right in every language, as charts in machine learning do. */
    figure {
      margin: 0;
      direction: ltr;
    }
    .plot {
      position: relative;
      height: var(--chart-height, 120px);
      margin: 8px 44px 8px 4px;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
      overflow: visible;
      fill: none;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .grid,
    .mark,
    .line {
      vector-effect: non-scaling-stroke;
    }
    .grid {
      stroke: var(--line);
      stroke-width: 1;
    }
    .mark {
      stroke: var(--quiet);
      stroke-width: 1.5;
      stroke-dasharray: 3 4;
    }
    .line {
      stroke-width: 2.5;
    }
    .line[data-dashed='true'] {
      stroke-dasharray: 1 5;
    }
    .dot {
      position: absolute;
      width: 8px;
      height: 8px;
      border-radius: 50%;
      transform: translate(-50%, -50%);
    }
    .value {
      position: absolute;
      left: calc(100% + 10px);
      transform: translateY(-50%);
      white-space: nowrap;
    }
    .value,
    .steps,
    .under {
      color: var(--quiet);
      font-size: 0.75rem;
      font-variant-numeric: tabular-nums;
    }
    .steps,
    .under {
      position: relative;
      height: 1.5em;
      margin: 0 44px 0 4px;
    }
    .steps span {
      position: absolute;
      transform: translateX(-50%);
    }
    .mark-label {
      position: absolute;
      top: 0;
      padding-left: 6px;
      white-space: nowrap;
    }
    .mark-label[data-side='before'] {
      padding: 0 6px 0 0;
      transform: translateX(-100%);
    }
    .legend {
      display: flex;
      gap: 16px;
      margin-top: 10px;
      font-size: 0.875rem;
      font-weight: 600;
    }
    .legend span {
      display: inline-flex;
      align-items: center;
      gap: 6px;
    }
    i {
      width: 18px;
      border-top: 3px solid currentColor;
    }
    i[data-dashed='true'] {
      border-top-style: dotted;
    }
  `;
}
