import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { hrefOfModel } from '../../session/routes.ts';
import { msg } from '../../i18n/msg.ts';
import type { EngineInfo } from '../../records/engine.ts';
import { presentClasses } from '../../models/present-classes.ts';
import type { Evaluation, ModelClass, ModelRecord } from '../../records/model.ts';
import { wholeHistory } from '../../models/whole-history.ts';
import '../../widgets/result/history-card.ts';
import { dateAndTime } from '../../ui/phrases.ts';
import '../../widgets/result/result-card.ts';
import { noteSentence } from '../../widgets/result/result-sentences.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import type { ModelsAddress } from './address.ts';
import { baseHindrance, baseState, baseWords } from './base-state.ts';
import './calibration-card.ts';
import './cell-photos.ts';
import type { CellPhotos } from './cell-photos.ts';
import './comparison-card.ts';
import type { ComparisonCard } from './comparison-card.ts';
import { confidentMistakes } from './confident-mistakes.ts';
import './confusion-matrix.ts';
import type { ConfusionMatrix } from './confusion-matrix.ts';
import './fine-tuning-card.ts';
import { fineTunedPair } from './fine-tuning-facts.ts';
import './predicted-photos.ts';
import './model-buttons.ts';
import { modelResultStyles } from './model-result-styles.ts';
import { deletedPhotosSentence, learnedSentence, trainingFacts } from './model-sentences.ts';
import type { ModelShelf } from './model-shelf.ts';
import { partnerOf } from './partner-of.ts';
import './test-card.ts';

type Cell = readonly [truth: number, answer: number];

/**
 * The result of one model: test metrics, training facts, history and a comparison with another
 * model.
 */
@customElement('pp-model-result')
export class ModelResult extends LitElement {
  @property({ attribute: false }) accessor model!: ModelRecord;
  @property({ attribute: false }) accessor shelf!: ModelShelf;
  @property({ attribute: false }) accessor info: EngineInfo | undefined;
  /** Id of the model that Live classifies with. */
  @property() accessor usedId: string | undefined;
  @property({ attribute: false }) accessor address: ModelsAddress = {};
  @query('pp-cell-photos') private accessor cellPhotos!: CellPhotos | null;
  @query('pp-confusion-matrix') private accessor matrix!: ConfusionMatrix | null;
  @query('pp-comparison-card') private accessor comparison!: ComparisonCard | null;

  override updated(changed: PropertyValues<this>): void {
    const before = changed.get('address');
    // When the result of another model opens, the page moves the focus to its heading, except for a
    // comparison.
    if (!before || before.modelId !== this.address.modelId) {
      if (changed.has('address') && this.address.otherId !== undefined) {
        void this.comparison?.focusHeading();
      }
      return;
    }
    const cell = this.#cell(this.address);
    const cellBefore = this.#cell(before);
    if (cell && String(cell) !== String(cellBefore)) void this.cellPhotos?.focusHeading();
    if (!cell && cellBefore) this.matrix?.focusCell(...cellBefore);
  }

  override render() {
    const { model, info } = this;
    const state = baseState(model, info);
    const hindrance = baseHindrance(state);
    return html`
      <pp-model-buttons
        .model=${model}
        .inUse=${model.id === this.usedId}
        .usable=${state === 'ready' || state === 'other'}
      ></pp-model-buttons>
      ${hindrance ? html`<p class="hindrance">${hindrance}</p>` : nothing}
      <div class="columns">
        <div class="column">
          <pp-result-card
            data-result
            .test=${model.test}
            .fromSet=${model.testFromSet}
            .note=${noteSentence(model, this.shelf.classes)}
          ></pp-result-card>
          ${model.test ? this.#test(model.test) : nothing}
        </div>
        <div class="column">
          ${this.#fineTuning()} ${this.#comparison()} ${this.#facts()}
          ${
            model.imported
              ? nothing
              : html`<pp-history-card
                  .history=${wholeHistory(model)}
                  .fineTuneFrom=${model.fineTuning && model.history.length}
                ></pp-history-card>`
          }
        </div>
      </div>
    `;
  }

  #test(test: Evaluation) {
    const present = presentClasses(this.model.classes, this.shelf.classes);
    return html`
      <div class="card matrix">
        <h2>${msg('What was taken for what')}</h2>
        <p class="quiet">${msg('A number opens its photos.')}</p>
        <pp-confusion-matrix
          .classes=${present}
          .test=${test}
          .open=${this.#cell(this.address)}
          .hrefOfCell=${this.#hrefOfCell}
        ></pp-confusion-matrix>
        ${this.#cellPhotos(present)}
      </div>
      <pp-test-card .classes=${present} .test=${test}></pp-test-card>
      ${this.#mistakes()}
      <pp-calibration-card .test=${test}></pp-calibration-card>
    `;
  }

  #cellPhotos(present: readonly ModelClass[]) {
    const cell = this.#cell(this.address);
    if (!cell) return nothing;
    return html`<pp-cell-photos
      .model=${this.model}
      .present=${present}
      .cell=${cell}
      .classes=${this.shelf.classes}
      .photos=${this.shelf.photos}
      .closeHref=${hrefOfModel(this.model.id)}
    ></pp-cell-photos>`;
  }

  #mistakes() {
    const mistakes = confidentMistakes(this.model, [...this.shelf.photos.values()]);
    if (mistakes.length === 0) return nothing;
    return html`<div class="card" data-mistakes=${mistakes.length}>
      <h2>${msg('Most confident mistakes')}</h2>
      <p class="quiet">
        ${msg('A wrong label, or something that your photos do not show it yet.')}
      </p>
      <pp-predicted-photos
        .learned=${this.model.classes}
        .classes=${this.shelf.classes}
        .photos=${this.shelf.photos}
        .outcomes=${mistakes}
      ></pp-predicted-photos>
    </div>`;
  }

  #fineTuning() {
    const pair = fineTunedPair(this.model, this.shelf.models);
    if (!pair) return nothing;
    return html`<pp-fine-tuning-card .pair=${pair} .usedId=${this.usedId}></pp-fine-tuning-card>`;
  }

  #comparison() {
    const { models, classes, photos } = this.shelf;
    const requested = models.find(({ id }) => id === this.address.otherId && id !== this.model.id);
    const other = requested ?? partnerOf(this.model, models);
    if (!other) return nothing;
    return html`<pp-comparison-card
      .model=${this.model}
      .other=${other}
      .models=${models}
      .classes=${classes}
      .photos=${photos}
      @compare-with=${(event: CustomEvent<string>) =>
        location.replace(hrefOfModel(this.model.id, { with: event.detail }))}
    ></pp-comparison-card>`;
  }

  #facts() {
    const { model, shelf } = this;
    const deleted = deletedPhotosSentence(model, shelf.photos);
    const facts: readonly (readonly [string, string])[] = [
      [
        model.imported
          ? msg('Added', { id: 'model-added', desc: 'when a model came in as a file' })
          : msg('Trained', { id: 'model-trained', desc: 'when a model was trained' }),
        dateAndTime(model.createdAt),
      ],
      [msg('Photos'), learnedSentence(model)],
      [
        msg('Base', { id: 'model-base', desc: 'the base model that a model was trained on' }),
        baseWords(model, this.info),
      ],
      ...(model.imported ? [] : trainingFacts(model)),
    ];
    return html`<div class="card facts">
      <h2>${msg('How it came about')}</h2>
      <dl>
        ${facts.map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      ${deleted ? html`<p class="quiet" data-deleted-photos>${deleted}</p>` : nothing}
    </div>`;
  }

  readonly #hrefOfCell = (truth: number, answer: number): string => {
    const { id, classes } = this.model;
    return hrefOfModel(id, { is: classes[truth]?.id ?? '', said: classes[answer]?.id ?? '' });
  };

  /**
   * The open cell as class indices; undefined if the address names no non-empty cell of this model.
   */
  #cell({ cell }: ModelsAddress): Cell | undefined {
    const { classes, test } = this.model;
    const truth = classes.findIndex(({ id }) => id === cell?.is);
    const answer = classes.findIndex(({ id }) => id === cell?.said);
    return test?.confusion[truth]?.[answer] ? [truth, answer] : undefined;
  }

  static override styles = [sharedStyles, modelResultStyles];
}
