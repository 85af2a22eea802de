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
import './history-card.ts';
import './options-dialog.ts';
import type { OptionsDialog } from './options-dialog.ts';
import './ready-card.ts';
import './result-card.ts';
import './running-card.ts';
import './too-few-card.ts';
import './train-news.ts';
import { trainPageStyles } from './train-page-styles.ts';
import { trainedSentence } from './train-sentences.ts';
import { trainingRun, type Preset } from '../../app/training-run.ts';
import {
  loadTrainingInput,
  newPhotos,
  trainingSet,
  type TrainingInput,
  type TrainingSet,
} from './training-set.ts';
import './under-the-hood.ts';

/** Trains a model on the library's photos and shows what came of it. */
@customElement('pp-train-page')
export class TrainPage extends LitElement {
  /** The person's choice; the preset of the model before, when there is none. */
  @state() private chosenPreset: Preset | undefined;
  @query('pp-options-dialog') private options!: OptionsDialog;
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
        .preset=${this.#preset}
        @preset=${(event: CustomEvent<Preset>) => (this.chosenPreset = event.detail)}
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
    if (trainingRun.state === 'running') return 'Your phone is learning. Nothing leaves it.';
    if (this.#model) return trainedSentence(this.#model);
    return 'Your phone learns from your photos, all by itself.';
  }

  #running() {
    const { progress, cancelling } = trainingRun;
    return html`<div class="columns">
      <pp-running-card
        .progress=${progress}
        .cancelling=${cancelling}
        @cancel=${() => trainingRun.cancel()}
      ></pp-running-card>
      ${
        progress && progress.history.length > 0
          ? html`<pp-history-card
              both
              .history=${progress.history}
              .epochs=${progress.epochs}
            ></pp-history-card>`
          : nothing
      }
    </div>`;
  }

  #settled({ classes, photos }: TrainingInput) {
    const model = this.#model;
    const { unreadablePhotos } = this.#engine.status;
    const set = trainingSet(classes, photos, unreadablePhotos);
    return html`
      <pp-train-news
        .run=${trainingRun}
        .status=${this.#engine.status}
        .model=${model}
        .set=${set}
        .newPhotos=${model ? newPhotos(model, photos, unreadablePhotos) : 0}
        @train=${this.#train}
        @start-engine=${this.#startEngine}
      ></pp-train-news>
      ${model ? this.#result(model, set) : this.#first(set)}
    `;
  }

  #first(set: TrainingSet) {
    if (!set.isTrainable) {
      return html`<div class="cards"><pp-too-few-card .set=${set}></pp-too-few-card></div>`;
    }
    return html`<div class="cards">
      <pp-ready-card .set=${set} .photos=${this.#input.value?.photos ?? []}>
        ${this.#buttons(set)}
      </pp-ready-card>
      <pp-under-the-hood .info=${this.#engine.status.info}></pp-under-the-hood>
    </div>`;
  }

  #result(model: ModelRecord, set: TrainingSet) {
    return html`<div class="columns">
      <div class="column">
        <pp-result-card
          data-result
          data-correct=${model.test?.correct ?? 0}
          data-count=${model.test?.count ?? 0}
          .test=${model.test}
        ></pp-result-card>
        ${
          model.test
            ? html`<pp-confusion-matrix
                .classes=${presentClasses(model.classes, set.classes)}
                .test=${model.test}
              ></pp-confusion-matrix>`
            : nothing
        }
        ${this.#buttons(set)}
      </div>
      <div class="column">
        <pp-history-card .history=${model.history}></pp-history-card>
        <pp-under-the-hood .info=${this.#engine.status.info} .model=${model}></pp-under-the-hood>
      </div>
    </div>`;
  }

  #buttons(set: TrainingSet) {
    const ready = this.#engine.status.phase === 'ready' && set.isTrainable;
    return html`<div class="buttons">
      <button class="primary" data-action="train" ?disabled=${!ready} @click=${this.#train}>
        ${this.#model ? 'Train again' : 'Train'}
      </button>
      <button data-action="options" @click=${() => this.options.open()}>Options</button>
    </div>`;
  }

  /** The newest: a training's end may be known here before the database has been read again. */
  get #model(): ModelRecord | undefined {
    const stored = this.#input.value?.model;
    const made = trainingRun.model;
    return made && (!stored || made.createdAt > stored.createdAt) ? made : stored;
  }

  get #preset(): Preset {
    const before = this.#model?.hyperparameters.preset;
    return this.chosenPreset ?? (before === 'tutorial' ? 'tutorial' : 'quick');
  }

  readonly #train = () => {
    void trainingRun.start(this.#preset);
  };

  readonly #startEngine = () => {
    // A failure stands in the engine's status, which the engine card shows.
    learning.start().catch(() => undefined);
  };

  static override styles = [sharedStyles, trainPageStyles];
}
