import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { ModelClass } from '../../records/model.ts';
import { enlarge } from './bilinear.ts';
import { classColour } from '../../ui/class-colour.ts';
import { styleMap } from '../../ui/style-map.ts';
import { heatPixels, type Rgb } from './heat-pixels.ts';
import type { HeatMap } from '../../records/classification.ts';

/** Width and height of the canvas in pixels; the browser scales it to the square. */
const SIDE = 80;

/**
 * Shows the parts of the picture that support the answer in the class's colour, and dims the rest.
 */
@customElement('pp-heat-map')
export class HeatMapOverlay extends LitElement {
  @property({ attribute: false }) accessor map: HeatMap | undefined;
  @property({ attribute: false }) accessor classes: readonly ModelClass[] = [];
  @query('canvas') private accessor canvas!: HTMLCanvasElement;

  override render() {
    const palette = this.classes[this.map?.classIndex ?? -1]?.palette ?? 0;
    return html`<canvas
      width=${SIDE}
      height=${SIDE}
      aria-hidden="true"
      style=${styleMap({ color: classColour(palette) })}
    ></canvas>`;
  }

  override updated(): void {
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    context.clearRect(0, 0, SIDE, SIDE);
    if (!this.map) return;
    const pixels = heatPixels(enlarge(this.map, SIDE), colourOf(context, this.canvas));
    context.putImageData(new ImageData(pixels, SIDE), 0, 0);
  }

  static override styles = css`
    :host {
      display: block;
    }
    canvas {
      display: block;
      width: 100%;
      height: 100%;
    }
  `;
}

/** An element's text colour as numbers, in whatever format CSS gives it. */
function colourOf(context: CanvasRenderingContext2D, element: Element): Rgb {
  context.fillStyle = getComputedStyle(element).color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
