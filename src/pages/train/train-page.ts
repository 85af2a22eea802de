import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { learning } from '../../app/learning.ts';
import { presentClasses } from '../../models/present-classes.ts';
import type { ModelRecord } from '../../models/record.ts';
import { LearningController } from '../../ui/learning-controller.ts';
import '../../ui/problem-card.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../ui/stored-controller.ts';
import './confusion-matrix.ts';
import './fine-tuning-card.ts';
import { fineTunedPair, wholeHistory } from './fine-tuning-facts.ts';
import { astraySentence } from './fine-tuning-sentences.ts';
import './history-card.ts';
import './mistakes-card.ts';
import './options-dialog.ts';
import type { OptionsDialog } from './options-dialog.ts';
import './ready-card.ts';
import './result-card.ts';
import './running-card.ts';
import './test-card.ts';
import './too-few-card.ts';
import './train-news.ts';
import { offersFineTuning, trainOptions, type Chosen } from './training-choice.ts';
import { trainPageStyles } from './train-page-styles.ts';
import { trainedSentence } from './train-sentences.ts';
import { trainingRun, type Preset } from '../../app/training-run.ts';
import {
  confidentMistakes,
  loadTrainingInput,
  newPhotos,
  trainingSet,
  type TrainingInput,
  type TrainingSet,
} from './training-set.ts';
import './under-the-hood.ts';
import './unfinished-card.ts';

/** Trains a model on the library's photos and shows what came of it. */
@customElement('pp-train-page')
export class TrainPage extends LitElement {
  @state() private chosen: Chosen = {};
  @query('pp-options-dialog') private dialog!: OptionsDialog;
  readonly #engine = new LearningController(this, learning);
  readonly #input = new StoredController(this, ['photos', 'classes', 'models'], loadTrainingInput);
  readonly #onRun = () => {
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    trainingRun.addEventListener('change', this.#onRun);
    this.#startEngine();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    trainingRun.removeEventListener('change', this.#onRun);
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { state } = trainingRun;
    const settled = this.#model ? 'done' : 'idle';
    // For tests: what the page is at.
    this.dataset['trainState'] = state === 'running' || state === 'failed' ? state : settled;
  }

  override render() {
    const { problem } = this.#input;
    const { preset, fineTuning } = this.#options;
    return html`
      <header>
        <h1 tabindex="-1">Train</h1>
        <p class="quiet">${this.#sentence()}</p>
      </header>
      ${
        problem
          ? html`<pp-problem-card
              .problem=${problem}
              @retry=${() => this.#input.reload()}
            ></pp-problem-card>`
          : nothing
      }
      ${this.#content()}
      <pp-options-dialog
        .preset=${preset}
        .fineTuning=${fineTuning}
        .tunable=${offersFineTuning(this.#engine.status.info?.base)}
        @preset=${(event: CustomEvent<Preset>) => (this.chosen = { preset: event.detail })}
        @fine-tuning=${(event: CustomEvent<boolean>) =>
          (this.chosen = { ...this.chosen, fineTuning: event.detail })}
      ></pp-options-dialog>
    `;
  }

  #content() {
    if (trainingRun.state === 'running') return this.#running();
    const { value: input, problem } = this.#input;
    if (!input) return problem ? nothing : html`<div class="skeleton"></div>`;
    return this.#settled(input);
  }

  #sentence(): string {
    if (trainingRun.state === 'running') {
      const rests = trainingRun.pausing && trainingRun.progress?.paused === true;
      return `Your phone ${rests ? 'rests' : 'is learning'}. Nothing leaves it.`;
    }
    if (this.#model) return trainedSentence(this.#model);
    return 'Your phone learns from your photos, all by itself.';
  }

  #running() {
    const { progress, cancelling } = trainingRun;
    return html`<div class="columns">
      <pp-running-card
        .progress=${progress}
        .pausing=${trainingRun.pausing}
        .cancelling=${cancelling}
        @pause=${() => trainingRun.pause()}
        @continue=${() => trainingRun.unpause()}
        @cancel=${() => trainingRun.cancel()}
      ></pp-running-card>
      ${
        progress && progress.history.length > 0
          ? html`<pp-history-card
              both
              .history=${progress.history}
              .epochs=${progress.epochs}
              .fineTuneFrom=${progress.fineTuneFrom}
            ></pp-history-card>`
          : nothing
      }
    </div>`;
  }

  #settled(input: TrainingInput) {
    const { classes, photos } = input;
    const model = this.#model;
    const { unreadablePhotos, unfinished, phase } = this.#engine.status;
    const set = trainingSet(classes, photos, unreadablePhotos);
    return html`
      <pp-unfinished-card
        .unfinished=${unfinished}
        .modelName=${model?.name}
        .ready=${phase === 'ready'}
        @go-on=${() => void trainingRun.goOn()}
        @discard=${() => trainingRun.dismiss()}
      ></pp-unfinished-card>
      <pp-train-news
        .run=${trainingRun}
        .status=${this.#engine.status}
        .model=${model}
        .resumable=${unfinished !== undefined}
        .set=${set}
        .newPhotos=${model ? newPhotos(model, photos, unreadablePhotos) : 0}
        @train=${this.#train}
        @start-engine=${this.#startEngine}
      ></pp-train-news>
      ${model ? this.#result(model, set, input) : this.#first(set)}
    `;
  }

  #first(set: TrainingSet) {
    if (!set.isTrainable) {
      return html`<div class="cards"><pp-too-few-card .set=${set}></pp-too-few-card></div>`;
    }
    return html`<div class="cards">
      <pp-ready-card
        .set=${set}
        .fineTunes=${this.#options.fineTuning}
        .photos=${this.#input.value?.photos ?? []}
      >
        ${this.#buttons(set)}
      </pp-ready-card>
      <pp-under-the-hood .info=${this.#engine.status.info}></pp-under-the-hood>
    </div>`;
  }

  #result(model: ModelRecord, set: TrainingSet, { photos, models }: TrainingInput) {
    const pair = fineTunedPair(model, models);
    return html`<div class="columns">
      <div class="column">
        <pp-result-card
          data-result
          data-correct=${model.test?.correct ?? 0}
          data-count=${model.test?.count ?? 0}
          .test=${model.test}
          .note=${astraySentence(model)}
        ></pp-result-card>
        ${
          model.test
            ? html`<pp-confusion-matrix
                  .classes=${presentClasses(model.classes, set.classes)}
                  .test=${model.test}
                ></pp-confusion-matrix>
                <pp-test-card
                  .classes=${presentClasses(model.classes, set.classes)}
                  .test=${model.test}
                ></pp-test-card>
                ${this.#mistakes(model, photos, set)}`
            : nothing
        }
        ${this.#buttons(set)}
      </div>
      <div class="column">
        <pp-history-card
          .history=${wholeHistory(model)}
          .fineTuneFrom=${model.fineTuning && model.history.length}
        ></pp-history-card>
        ${pair ? html`<pp-fine-tuning-card .pair=${pair}></pp-fine-tuning-card>` : nothing}
        <pp-under-the-hood .info=${this.#engine.status.info} .model=${model}></pp-under-the-hood>
      </div>
    </div>`;
  }

  #mistakes(model: ModelRecord, photos: TrainingInput['photos'], set: TrainingSet) {
    const mistakes = confidentMistakes(model, photos);
    if (mistakes.length === 0) return nothing;
    return html`<pp-mistakes-card
      .classes=${presentClasses(model.classes, set.classes)}
      .mistakes=${mistakes}
    ></pp-mistakes-card>`;
  }

  #buttons(set: TrainingSet) {
    const ready = this.#engine.status.phase === 'ready' && set.isTrainable;
    return html`<div class="buttons">
      <button class="primary" data-action="train" ?disabled=${!ready} @click=${this.#train}>
        ${this.#model ? 'Train again' : 'Train'}
      </button>
      <button data-action="options" @click=${() => this.dialog.open()}>Options</button>
    </div>`;
  }

  /** The newest: a training's end may be known here before the database has been read again. */
  get #model(): ModelRecord | undefined {
    const { model: stored, models = [] } = this.#input.value ?? {};
    const made = trainingRun.model;
    const isUnread = made && !models.some(({ id }) => id === made.id);
    return isUnread && (!stored || made.createdAt > stored.createdAt) ? made : stored;
  }

  get #options() {
    return trainOptions(this.chosen, this.#model, this.#engine.status.info?.base);
  }

  readonly #train = () => {
    void trainingRun.start(this.#options);
  };

  readonly #startEngine = () => {
    // A failure stands in the engine's status, which the engine card shows.
    learning.start().catch(() => undefined);
  };

  static override styles = [sharedStyles, trainPageStyles];
}
