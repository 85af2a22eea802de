import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { learning } from '../../session/learning.ts';
import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import { factRows } from '../../ui/fact-rows.ts';
import { icon } from '../../ui/icons.ts';
import { fineTuning } from '../../widgets/fine-tuning-words.ts';
import { LearningController } from '../../widgets/learning-controller.ts';
import { fileSize, wholeNumber } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import './base-choice.ts';
import './added-bases.ts';
import { RevealSection } from './reveal-section.ts';
import { sectionStyles } from './section-styles.ts';

/** The base model in use: its choice, its facts, and its source and licence. */
@customElement('pp-base-section')
export class BaseSection extends LitElement {
  readonly #engine = new LearningController(this, learning);

  constructor() {
    super();
    new RevealSection(this, 'base');
  }

  override render() {
    const { info, problem } = this.#engine.status;
    return html`<section class="card">
      <div class="title">
        ${icon('train')}
        <h2 tabindex="-1">${msg('The model’s base')}</h2>
      </div>
      <p class="quiet">
        ${msg('A network that has seen many pictures already. Your photos teach it the last step.')}
      </p>
      ${
        info
          ? html`
              ${
                info.baseProblem
                  ? html`<p class="wrong" role="alert">${info.baseProblem.message}</p>`
                  : nothing
              }
              <pp-base-choice .info=${info}></pp-base-choice>
              ${
                'WebAssembly' in window || info.backend !== 'webgl'
                  ? nothing
                  : html`<p data-no-wasm>
                      ${msg('This browser has no WebAssembly, probably because Lockdown Mode is on. So WebGL computes: everything works, but answers and training take longer. You can switch Lockdown Mode off for this page alone, in the browser’s menu for it.')}
                    </p>`
              }
              ${this.#rows(info.base)}
              <pp-added-bases .info=${info}></pp-added-bases>
            `
          : html`<p class="quiet">${problem?.message ?? msg('Being loaded…')}</p>`
      }
    </section>`;
  }

  #rows(base: BaseSpec) {
    const bytes = base.files.reduce((sum, file) => sum + file.bytes, 0);
    const rows: readonly (readonly [string, string])[] = [
      [msg('Name'), base.name],
      [msg('Parameters'), wholeNumber(base.parameters)],
      [msg('Size'), sizeWords(bytes, base.files.length)],
      [msg('Fine-tuning'), fineTuning(base)],
      [msg('Trained on'), base.provenance.trainedOn],
      [msg('Licence'), licenceOf(base)],
    ];
    return html`
      ${factRows(rows)}
      <p class="quiet" lang=${base.own ? nothing : 'en'}>${base.provenance.source}</p>
    `;
  }

  static override styles = [
    sharedStyles,
    sectionStyles,
    css`
      .wrong {
        color: var(--wrong);
      }
    `,
  ];
}

/** The licence and, except for base models added by the user, the copyright holder. */
function licenceOf({ licence, own }: BaseSpec): string {
  return own ? licence.name : `${licence.name}, ${licence.holder}`;
}

function sizeWords(bytes: number, files: number): string {
  const [size, n] = [fileSize(bytes), wholeNumber(files)];
  return plural(files, {
    one: msg(str`${size} in ${n} file`),
    other: msg(str`${size} in ${n} files`),
  });
}
