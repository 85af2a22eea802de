import { html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { learning } from '../../session/learning.ts';
import { isInsecure } from '../../platform/withheld.ts';
import { modelsToAdd, takeModelToAdd } from '../../session/model-to-add.ts';
import { hrefOf, hrefOfAddModel, routeOf } from '../../session/routes.ts';
import { msg } from '../../i18n/msg.ts';
import { answeringModel } from '../../models/answering-model.ts';
import type { ModelRecord } from '../../records/model.ts';
import { Problem } from '../../platform/problem.ts';
import { icon } from '../../ui/icons.ts';
import { notify } from '../../ui/notice.ts';
import { LearningController } from '../../widgets/learning-controller.ts';
import { ListenController } from '../../ui/listen-controller.ts';
import '../../ui/problem-card.ts';
import { pageStyles, sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../widgets/stored-controller.ts';
import type { AddedModel } from '../../session/add-model.ts';
import './add/add-model-dialog.ts';
import type { AddModelDialog } from './add/add-model-dialog.ts';
import { notifyAdded } from './add/notify-added.ts';
import { parseAddress, type ModelsAddress } from './address.ts';
import { baseState } from './base-state.ts';
import { inUseBadge, inUseStyles } from './in-use-badge.ts';
import { chooseModel } from '../../widgets/result/choose-model.ts';
import { deleteWithUndo } from './model-actions.ts';
import type { ExportDialog } from './export/export-dialog.ts';
import type { SendDialog } from './send/send-dialog.ts';
import './model-card.ts';
import './model-result.ts';
import { loadModelShelf, type ModelShelf } from './model-shelf.ts';
import { modelsPageStyles } from './models-page-styles.ts';
import { partnerOf } from './partner-of.ts';
import './rename-model-dialog.ts';
import type { RenameModelDialog } from './rename-model-dialog.ts';
import './switch-base-dialog.ts';
import type { SwitchBaseDialog } from './switch-base-dialog.ts';

/** The Models page: the list of all models, and the result of one model at `#/models/ID`. */
@customElement('pp-models-page')
export class ModelsPage extends LitElement {
  @state() private accessor address: ModelsAddress = parseAddress(location.hash);
  @query('h1') private accessor heading!: HTMLElement;
  @query('pp-rename-model-dialog') private accessor renaming!: RenameModelDialog;
  @query('pp-switch-base-dialog') private accessor switching!: SwitchBaseDialog;
  @query('pp-add-model-dialog') private accessor adding!: AddModelDialog;
  @query('pp-export-dialog') private accessor exporting!: ExportDialog;
  @query('pp-send-dialog') private accessor sending!: SendDialog;
  readonly #engine = new LearningController(this, learning);
  readonly #shelf = new StoredController(this, ['models', 'photos', 'classes'], loadModelShelf);

  constructor() {
    super();
    new ListenController(this, window, 'hashchange', () => this.#onAddress());
    new ListenController(this, modelsToAdd, 'model', () => this.#openIfAsked());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The engine's status contains the failure.
    learning.start().catch(() => undefined);
  }

  override firstUpdated(): void {
    this.#openIfAsked();
  }

  override render() {
    const { value: shelf, problem } = this.#shelf;
    const model = shelf?.models.find(({ id }) => id === this.address.modelId);
    return html`
      ${this.#header(shelf, model)}
      ${
        problem
          ? html`<pp-problem-card
              .problem=${problem}
              @retry=${() => this.#shelf.reload()}
            ></pp-problem-card>`
          : nothing
      }
      <div
        @use-model=${this.#onUse}
        @export-model=${this.#onExport}
        @send-model=${this.#onSend}
        @rename-model=${(event: CustomEvent<ModelRecord>) => this.renaming.open(event.detail)}
        @delete-model=${this.#onDelete}
      >
        ${shelf ? this.#content(shelf, model) : this.#skeleton()}
      </div>
      <pp-rename-model-dialog></pp-rename-model-dialog>
      <pp-switch-base-dialog></pp-switch-base-dialog>
      <pp-add-model-dialog
        @added=${({ detail }: CustomEvent<AddedModel>) => notifyAdded(this, detail)}
      ></pp-add-model-dialog>
      <pp-export-dialog></pp-export-dialog>
      <pp-send-dialog></pp-send-dialog>
    `;
  }

  #header(shelf: ModelShelf | undefined, model: ModelRecord | undefined) {
    const isList = this.address.modelId === undefined;
    return html`<header>
      <a
        class="button back"
        href=${hrefOf(isList ? 'train' : 'models')}
        aria-label=${isList ? msg('Back to Train') : msg('Back to all models')}
        >${icon('back')}</a
      >
      <div>
        <h1 tabindex="-1">${model?.name ?? (isList ? msg('Models') : msg('Model'))}</h1>
        ${shelf && model && model.id === this.#used(shelf)?.id ? inUseBadge : nothing}
      </div>
      ${isList && !isInsecure() ? this.#addLink() : nothing}
    </header>`;
  }

  #addLink() {
    return html`<a class="button add" data-action="open-add-model" href=${hrefOfAddModel()}>
      ${icon('plus')} <span>${msg('Add a model')}</span>
    </a>`;
  }

  #content(shelf: ModelShelf, model: ModelRecord | undefined) {
    if (model) {
      return html`<pp-model-result
        .model=${model}
        .shelf=${shelf}
        .info=${this.#engine.status.info}
        .usedId=${this.#used(shelf)?.id}
        .address=${this.address}
      ></pp-model-result>`;
    }
    if (this.address.modelId !== undefined) return this.#gone();
    return shelf.models.length > 0 ? this.#list(shelf) : this.#empty();
  }

  #list(shelf: ModelShelf) {
    const { modelProblem, info } = this.#engine.status;
    const used = this.#used(shelf);
    return html`
      ${
        modelProblem
          ? html`<p class="hint" role="status" data-model-problem>${modelProblem.message}</p>`
          : nothing
      }
      <ul>
        ${shelf.models.map(
          (model) =>
            html`<li>
              <pp-model-card
                .model=${model}
                .info=${info}
                .inUse=${model.id === used?.id}
                .partner=${partnerOf(model, shelf.models)}
              ></pp-model-card>
            </li>`,
        )}
      </ul>
    `;
  }

  #empty() {
    return html`<div class="card empty" data-no-models>
      <h2>${msg('No model yet')}</h2>
      <p class="quiet">
        ${msg('Each training makes one, and one that was trained elsewhere can be added. Here you can look at how it did, compare it with the one before, and go back to it.')}
      </p>
      <a class="button primary" href=${hrefOf('train')}>${icon('train')} ${msg('To training')}</a>
    </div>`;
  }

  #gone() {
    return html`<div class="card empty" data-model-gone>
      <h2>${msg('This model is not here')}</h2>
      <p class="quiet">
        ${msg('It was deleted, or it belongs to another phone. Your photos are safe.')}
      </p>
      <a class="button primary" href=${hrefOf('models')}>${msg('All models')}</a>
    </div>`;
  }

  #skeleton() {
    if (this.#shelf.problem) return nothing;
    return html`<div class="skeleton" aria-hidden="true"></div>
      <p class="visually-hidden" role="status">${msg('Opening your models…')}</p>`;
  }

  /** The model that Live classifies with; undefined if it cannot be loaded. */
  #used({ active, models }: ModelShelf): ModelRecord | undefined {
    const { modelProblem, info } = this.#engine.status;
    return modelProblem ? undefined : answeringModel(active, models, info?.featureSpaceId);
  }

  readonly #onUse = ({ detail: model }: CustomEvent<ModelRecord>) => {
    const { info } = this.#engine.status;
    if (info && baseState(model, info) === 'other') this.switching.open(model, info);
    else void chooseModel(this, model);
  };

  /** The sheet and its code come when somebody exports. */
  readonly #onExport = ({ detail: model }: CustomEvent<ModelRecord>) =>
    this.#attempt(async () => {
      await import('./export/export-dialog.ts');
      this.exporting.open(model);
    });

  readonly #onSend = ({ detail: model }: CustomEvent<ModelRecord>) =>
    this.#attempt(async () => {
      await import('./send/send-dialog.ts');
      this.sending.open(model);
    });

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      notify(this, { text: Problem.from(thrown).message, tone: 'wrong' });
    }
  }

  readonly #onDelete = ({ detail: model }: CustomEvent<ModelRecord>) => {
    if (this.address.modelId === model.id) location.hash = hrefOf('models');
    void deleteWithUndo(this, model);
  };

  #onAddress(): void {
    if (routeOf(location.hash) !== 'models') return;
    const before = this.address.modelId;
    this.address = parseAddress(location.hash);
    this.#openIfAsked();
    if (this.address.modelId !== before) void this.#onModelChanged();
  }

  /** Opens the sheet that adds a model, with the files that were chosen on another page if any. */
  #openIfAsked(): void {
    if (!this.address.isAdding || !this.hasUpdated) return;
    // Otherwise a reload would open it again.
    history.replaceState(history.state, '', hrefOf('models'));
    this.address = {};
    this.adding.open(takeModelToAdd());
  }

  /**
   * Treats another model like a new page: scrolls to the top and moves the focus to the heading.
   */
  async #onModelChanged(): Promise<void> {
    await this.updateComplete;
    this.scrollTop = 0;
    if (this.address.otherId === undefined) this.heading.focus({ preventScroll: true });
  }

  static override styles = [sharedStyles, pageStyles, inUseStyles, modelsPageStyles];
}
