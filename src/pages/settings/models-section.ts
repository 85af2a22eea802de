import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { hrefOf } from '../../session/routes.ts';
import { msg, str } from '../../i18n/msg.ts';
import { listModels } from '../../models/repository.ts';
import { icon } from '../../ui/icons.ts';
import { wholeNumber } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../widgets/stored-controller.ts';
import { sectionStyles } from './section-styles.ts';

/** A link to the Models page. */
@customElement('pp-models-section')
export class ModelsSection extends LitElement {
  readonly #models = new StoredController(this, ['models'], listModels);

  override render() {
    const { value: models, problem } = this.#models;
    return html`<section class="card">
      <div class="title">
        ${icon('train')}
        <h2>${msg('Models')}</h2>
      </div>
      <p class="quiet">
        ${
          problem?.message ??
          msg(
            'What your phone has learned so far: compare it, rename it, go back to an earlier one.',
          )
        }
      </p>
      <a class="button" href=${hrefOf('models')}>${linkWords(models?.length ?? 0)}</a>
    </section>`;
  }

  static override styles = [sharedStyles, sectionStyles];
}

function linkWords(models: number): string {
  const n = wholeNumber(models);
  return models > 0 ? msg(str`Models (${n})`) : msg('Models');
}
