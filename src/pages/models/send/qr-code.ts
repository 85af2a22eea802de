import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import encodeQR from 'qr';
import { sharedStyles } from '../../../ui/shared-styles.ts';

/** Pixels of the canvas for each module, so that modules are equal when the page scales them. */
const MODULE = 8;
/** Width in modules of the white border that readers need (ISO/IEC 18004, 6.3.8). */
const BORDER = 4;

/** QR codes one at a time, black on white in both themes. */
@customElement('pp-qr-code')
export class QrCode extends LitElement {
  /** The texts of all codes. */
  @property({ attribute: false }) accessor codes: readonly string[] = [];
  /** Index of the one that is shown. */
  @property({ type: Number }) accessor index = 0;
  @property() accessor label = '';
  @query('canvas') private accessor canvas!: HTMLCanvasElement;
  readonly #modules = new Map<string, boolean[][]>();

  override render() {
    return html`<canvas role="img" aria-label=${this.label}></canvas>`;
  }

  override updated(): void {
    const text = this.codes[this.index];
    if (text === undefined) return;
    let modules = this.#modules.get(text);
    if (!modules) {
      modules = encodeQR(text, 'raw', { ecc: 'low', border: BORDER });
      this.#modules.set(text, modules);
    }
    this.#draw(modules);
    this.canvas.dataset['code'] = String(this.index);
  }

  #draw(modules: readonly (readonly boolean[])[]): void {
    const side = modules.length * MODULE;
    const { canvas } = this;
    // Setting a size clears the canvas.
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) return;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, side, side);
    context.fillStyle = '#000';
    for (const [y, row] of modules.entries()) {
      for (const [x, isDark] of row.entries()) {
        if (isDark) context.fillRect(x * MODULE, y * MODULE, MODULE, MODULE);
      }
    }
  }

  static override styles = [
    sharedStyles,
    css`
      canvas {
        display: block;
        width: 100%;
        aspect-ratio: 1;
        background: #fff;
      }
    `,
  ];
}
