import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { learning } from '../../session/learning.ts';
import { hrefOf, hrefOfModel } from '../../session/routes.ts';
import { trainingRun } from '../../session/training-run.ts';
import { msg, str } from '../../i18n/msg.ts';
import type { ModelRecord } from '../../records/model.ts';
import { trainingSet, type TrainingSet } from '../../photos/training-set.ts';
import { wholeHistory } from '../../models/whole-history.ts';
import { Problem } from '../../platform/problem.ts';
import '../../widgets/result/history-card.ts';
import { LearningController } from '../../widgets/learning-controller.ts';
import { wholeNumber } from '../../ui/phrases.ts';
import '../../ui/problem-card.ts';
import '../../widgets/result/result-card.ts';
import { noteSentence } from '../../widgets/result/result-sentences.ts';
import { pageStyles, sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../widgets/stored-controller.ts';
import { BlocksController } from './blocks-controller.ts';
import { EstimateController } from './estimate-controller.ts';
import type { BaseChoice, BaseNote } from './expert-panel.ts';
import './objection-card.ts';
import './options-dialog.ts';
import type { OptionsDialog } from './options-dialog.ts';
import { NextTraining } from './next-training.ts';
import './ready-card.ts';
import './running-card.ts';
import './too-few-card.ts';
import './train-news.ts';
import { trainPageStyles } from './train-page-styles.ts';
import { trainedSentence } from './train-sentences.ts';
import { offersFineTuning } from './training-choice.ts';
import { loadTrainingInput, newPhotos, type TrainingInput } from './training-input.ts';
import type { TrainOptions } from '../../records/training.ts';
import './under-the-hood.ts';
import './unfinished-card.ts';

/** The page that trains a model on the library's photos and shows the result. */
@customElement('pp-train-page')
export class TrainPage extends LitElement {
  /** The state of a change of the base model. */
  @state() private accessor baseNote: BaseNote | undefined;
  @query('pp-options-dialog') private accessor dialog!: OptionsDialog;
  readonly #engine = new LearningController(this, learning);
  readonly #input = new StoredController(
    this,
    ['photos', 'classes', 'models', 'settings'],
    loadTrainingInput,
  );
  readonly #estimate = new EstimateController(this, learning);
  readonly #blocks = new BlocksController(this, learning);
  readonly #next = new NextTraining(this, {
    input: this.#input,
    engine: this.#engine,
    blocks: this.#blocks,
    run: trainingRun,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#startEngine();
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { status } = this.#engine;
    const { value: input } = this.#input;
    this.#blocks.follow(status.info);
    const isTrainable = input && this.#setOf(input).isTrainable;
    const isReady = status.phase === 'ready' && trainingRun.state !== 'running';
    this.#estimate.ask(isReady && isTrainable ? this.#next.options : undefined, [
      input?.photos,
      input?.classes,
      input?.models,
      status.pendingPhotos === 0,
      // A background training measures the throughput, which changes the estimate.
      status.model,
      status.info?.base.id,
      status.info?.inputSize,
    ]);
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { state } = trainingRun;
    const settled = this.#next.model ? 'done' : 'idle';
    // For tests: the state of the page.
    this.dataset['trainState'] = state === 'running' || state === 'failed' ? state : settled;
  }

  override render() {
    const { problem } = this.#input;
    const { info } = this.#engine.status;
    return html`
      <header>
        <h1 tabindex="-1">${msg('Train')}</h1>
        ${this.#modelsLink()}
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
        .options=${this.#next.options}
        .info=${info}
        .blocks=${this.#blocks.value}
        .tunable=${offersFineTuning(info?.base)}
        .baseNote=${this.baseNote}
        @options=${(event: CustomEvent<TrainOptions>) => void this.#next.choose(event.detail)}
        @base=${(event: CustomEvent<BaseChoice>) => this.#changeBase(event.detail)}
      ></pp-options-dialog>
    `;
  }

  #modelsLink() {
    const models = this.#input.value?.models.length ?? 0;
    const count = wholeNumber(models);
    return html`<a class="button models" data-action="models" href=${hrefOf('models')}
      >${models > 0 ? msg(str`Models (${count})`) : msg('Models')}</a
    >`;
  }

  #content() {
    if (trainingRun.state === 'running') return this.#running();
    const { value: input, problem } = this.#input;
    if (!input) return problem ? nothing : html`<div class="skeleton"></div>`;
    return this.#settled(input);
  }

  #sentence(): string {
    if (trainingRun.state === 'running') {
      const isPaused = trainingRun.pausing && trainingRun.progress?.paused === true;
      return isPaused
        ? msg('Your phone rests. Nothing leaves it.')
        : msg('Your phone is learning. Nothing leaves it.');
    }
    if (this.#next.model) return trainedSentence(this.#next.model);
    return msg('Your phone learns from your photos, all by itself.');
  }

  #running() {
    const { progress, cancelling } = trainingRun;
    return html`<div class="columns">
      <pp-running-card
        .progress=${progress}
        .pausing=${trainingRun.pausing}
        .cancelling=${cancelling}
        @pause=${() => trainingRun.pause()}
        @continue=${() => trainingRun.resumePaused()}
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
      <pp-under-the-hood .info=${this.#engine.status.info}></pp-under-the-hood>
    </div>`;
  }

  #settled(input: TrainingInput) {
    const { photos } = input;
    const model = this.#next.model;
    const { unreadablePhotos, unfinished, phase } = this.#engine.status;
    const set = this.#setOf(input);
    return html`
      <pp-unfinished-card
        .unfinished=${unfinished}
        .modelName=${model?.name}
        .ready=${phase === 'ready'}
        @resume=${() => void trainingRun.resume()}
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
      <pp-objection-card .model=${this.#next.objected} .inUse=${model}></pp-objection-card>
      ${this.#alikeHint()} ${model ? this.#result(model, set) : this.#first(set)}
    `;
  }

  #alikeHint() {
    const alike = this.#next.alike;
    if (!alike) return nothing;
    return html`<div class="alike" data-alike=${alike.id}>
      <p role="status">${msg(str`The next training has the settings of ${alike.name}.`)}</p>
      <button @click=${() => this.#next.dropAlike()}>${msg('Back to the usual')}</button>
    </div>`;
  }

  #first(set: TrainingSet) {
    if (!set.isTrainable) {
      return html`<div class="cards"><pp-too-few-card .set=${set}></pp-too-few-card></div>`;
    }
    return html`<div class="cards">
      ${this.#ready(set)}
      <pp-under-the-hood .info=${this.#engine.status.info}></pp-under-the-hood>
    </div>`;
  }

  /** A short result; the model's own page has the whole result. */
  #result(model: ModelRecord, set: TrainingSet) {
    return html`<div class="columns">
      <div class="column">
        <pp-result-card
          data-result
          data-correct=${model.test?.correct ?? 0}
          data-count=${model.test?.count ?? 0}
          .test=${model.test}
          .fromSet=${model.testFromSet}
          .note=${noteSentence(model, this.#input.value?.classes ?? [])}
        >
          <a
            class="button"
            data-action="open-result"
            aria-label=${msg(str`The whole result of ${model.name}`)}
            href=${hrefOfModel(model.id)}
            >${msg('The whole result')}</a
          >
        </pp-result-card>
        ${this.#ready(set)}
      </div>
      <div class="column">
        <pp-history-card
          .history=${wholeHistory(model)}
          .fineTuneFrom=${model.fineTuning && model.history.length}
        ></pp-history-card>
        <pp-under-the-hood .info=${this.#engine.status.info} .model=${model}></pp-under-the-hood>
      </div>
    </div>`;
  }

  /** The description of the next training, with the buttons that start and change it. */
  #ready(set: TrainingSet) {
    return html`<pp-ready-card
      .set=${set}
      .estimate=${this.#estimate.value}
      .options=${this.#next.options}
      .status=${this.#engine.status}
      .again=${this.#next.model !== undefined}
      .photos=${this.#input.value?.photos ?? []}
    >
      ${this.#buttons()}
    </pp-ready-card>`;
  }

  #buttons() {
    // Only where the engine is ready and there are enough photos it is known, or known not to be.
    const ready = this.#estimate.value !== undefined;
    return html`<div class="buttons">
      <button class="primary" data-action="train" ?disabled=${!ready} @click=${this.#train}>
        ${this.#next.model ? msg('Train again') : msg('Train')}
      </button>
      <button data-action="options" @click=${() => this.dialog.open()}>${msg('Options')}</button>
    </div>`;
  }

  #setOf({ classes, photos }: TrainingInput): TrainingSet {
    return trainingSet(classes, photos, { unreadable: this.#engine.status.unreadablePhotos });
  }

  async #changeBase({ id, size }: BaseChoice): Promise<void> {
    this.baseNote = { text: msg('The base is being made ready…'), busy: true };
    try {
      await learning.useBase(id, size);
      this.baseNote = { text: msg('Your photos are being prepared again for this base.') };
    } catch (thrown) {
      this.baseNote = { text: Problem.from(thrown).message, wrong: true };
    }
  }

  readonly #train = () => {
    void trainingRun.start(this.#next.options);
  };

  readonly #startEngine = () => {
    // The engine's status contains a failure, which the engine card shows.
    learning.start().catch(() => undefined);
  };

  static override styles = [sharedStyles, pageStyles, trainPageStyles];
}
