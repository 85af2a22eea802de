import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { addModel, type AddedModel } from '../../../session/add-model.ts';
import { modelFileOf, readModelFile, receiveModel } from '../../../session/receive-model.ts';
import { leadElsewhere } from '../../../session/lead-elsewhere.ts';
import { ownBases } from '../../../session/learning.ts';
import { msg } from '../../../i18n/msg.ts';
import type { Elsewhere } from '../../../photos/import/found-picture.ts';
import { listClasses } from '../../../photos/classes.ts';
import { readPhoneModel } from '../../../models/formats/phone/read-phone-model.ts';
import type { PhoneModel } from '../../../models/formats/phone/phone-model.ts';
import { Problem } from '../../../platform/problem.ts';
import { DialogController } from '../../../ui/dialog-controller.ts';
import { dialogStyles } from '../../../ui/dialog-styles.ts';
import { icon } from '../../../ui/icons.ts';
import '../../../ui/progress-bar.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import '../../../widgets/library/elsewhere-list.ts';
import { addModelStyles } from './add-model-styles.ts';
import { stageSentence } from './add-model-words.ts';
import { elsewhereOf } from './elsewhere-of.ts';
import './found-model.ts';
import type { FoundAnswers } from './found-model.ts';
import './model-ways.ts';
import './received-model.ts';
import type { AddProgress, BaseInspection, BaseSource } from '../../../records/base-inspection.ts';

/**
 * The sheet to add a model from files: the user chooses the model, and adds the facts that its files
 * do not contain. A classifier becomes a model under its labels, a body becomes a base.
 *
 * Event: `added` with an AddedModel in `detail`.
 */
@customElement('pp-add-model-dialog')
export class AddModelDialog extends LitElement {
  @state() private accessor source: BaseSource | undefined;
  @state() private accessor found: BaseInspection | undefined;
  @state() private accessor progress: AddProgress | undefined;
  @state() private accessor problem: Problem | undefined;
  /** A model of another phone. */
  @state() private accessor received: PhoneModel | undefined;
  /** Whether the camera reads the QR codes of a model. */
  @state() private accessor reading = false;
  /** What was chosen in place of a model. */
  @state() private accessor elsewhere: readonly Elsewhere[] = [];
  /** Names of the classes of the library. */
  @state() private accessor library: readonly string[] = [];
  readonly #dialog = new DialogController(this, {
    onClosed: () => {
      this.#running?.abort();
      this.reading = false;
    },
    // What was typed would be lost.
    ignoresBackdrop: () => true,
  });
  #running: AbortController | undefined;

  /** @param files of a model, if they are chosen already */
  open(files?: readonly File[]): void {
    this.#running?.abort();
    this.#reset();
    void this.#dialog.open();
    if (files) void this.#inspect({ files });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#running?.abort();
  }

  override render() {
    const { found, progress, received } = this;
    return html`
      <dialog
        class="sheet"
        autofocus
        aria-labelledby="title"
        data-add-model=${progress ? 'busy' : found || received ? 'found' : 'choose'}
        @drop=${this.#onDrop}
      >
        <div class="heading">
          <h2 id="title">${found || received ? msg('Add this model?') : msg('Add a model')}</h2>
          <button class="round" aria-label=${msg('Close')} @click=${this.#dialog.close}>
            ${icon('close')}
          </button>
        </div>
        ${progress ? this.#busy(progress) : nothing}
        <!-- What was typed stays while it is being added, and when it could not be. -->
        <div ?hidden=${Boolean(progress)}>
          ${
            found
              ? html`<pp-found-model
                  .found=${found}
                  .library=${this.library}
                  .problem=${this.problem}
                  @answers=${this.#onAnswers}
                ></pp-found-model>`
              : received
                ? this.#received(received)
                : this.#choose()
          }
        </div>
      </dialog>
      ${
        this.reading
          ? html`<pp-read-codes
              @read=${this.#onRead}
              @close=${() => (this.reading = false)}
            ></pp-read-codes>`
          : nothing
      }
    `;
  }

  #choose() {
    return html`<div class="body">
      <p class="quiet">
        ${msg('A model of pictures that was trained elsewhere: what another phone sends (a .purrceptron file or a QR code), an export of Teachable Machine, a Keras file (.keras or .h5), or a TensorFlow.js model (model.json with its .bin files). The files, a folder or a zip of them.')}
      </p>
      <p class="wrong" role="alert">${this.problem?.message ?? ''}</p>
      <pp-elsewhere-list .items=${this.elsewhere} done @leave=${this.#leave}></pp-elsewhere-list>
      <pp-model-ways
        @source=${({ detail }: CustomEvent<BaseSource>) => void this.#inspect(detail)}
        @read-codes=${this.#readCodes}
      ></pp-model-ways>
    </div>`;
  }

  #received(model: PhoneModel) {
    return html`<div class="body">
      <p class="wrong" role="alert">${this.problem?.message ?? ''}</p>
      <pp-received-model .model=${model} @receive=${() => this.#receive(model)}></pp-received-model>
    </div>`;
  }

  #busy(progress: AddProgress) {
    return html`<div class="body">
      <p class="quiet" role="status">${stageSentence(progress)}</p>
      <pp-progress-bar label=${msg('Adding a model')} .value=${progress.progress}></pp-progress-bar>
      <button @click=${() => this.#running?.abort()}>${msg('Cancel')}</button>
    </div>`;
  }

  /** Otherwise the files would go to the import of photos. */
  readonly #onDrop = (event: DragEvent) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.open(files);
  };

  /** The camera and its code come when somebody reads a code. */
  readonly #readCodes = async () => {
    try {
      await import('../receive/read-codes.ts');
      this.reading = true;
    } catch (thrown) {
      this.problem = Problem.from(thrown);
    }
  };

  readonly #onRead = ({ detail: file }: CustomEvent<Uint8Array<ArrayBuffer>>) => {
    this.reading = false;
    void this.#run(async () => {
      this.received = await readPhoneModel(file);
    });
  };

  readonly #leave = ({ detail }: CustomEvent<Elsewhere>) => {
    this.#dialog.close();
    leadElsewhere(detail);
  };

  readonly #onAnswers = ({ detail }: CustomEvent<FoundAnswers>) => {
    void this.#run(async (control) => {
      this.#finish(await addModel(this.source!, detail.answers, detail.labels, control));
    });
  };

  async #inspect(source: BaseSource): Promise<void> {
    await this.#run(async (control) => {
      const file = 'files' in source && (await modelFileOf(source.files));
      if (file) {
        this.received = await readModelFile(file);
        return;
      }
      try {
        const classes = await listClasses().catch(() => []);
        this.library = classes.map(({ name }) => name);
        this.found = await ownBases.inspect(source, control);
      } catch (thrown) {
        if ('files' in source) this.elsewhere = await elsewhereOf(source.files, thrown);
        // What it is says more than what a model would be.
        if (this.elsewhere.length === 0) throw thrown;
        return;
      }
      this.source = source;
    });
  }

  async #receive(model: PhoneModel): Promise<void> {
    await this.#run(async () => {
      this.#finish(await receiveModel(model));
    });
  }

  #finish(detail: AddedModel): void {
    this.dispatchEvent(new CustomEvent('added', { detail }));
    this.#dialog.close();
  }

  async #run(
    work: (control: {
      signal: AbortSignal;
      onProgress: (progress: AddProgress) => void;
    }) => Promise<void>,
  ): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    this.problem = undefined;
    this.elsewhere = [];
    this.progress = { stage: 'reading', progress: 0 };
    const onProgress = (progress: AddProgress) => {
      if (this.#running === running) this.progress = progress;
    };
    try {
      await work({ signal: running.signal, onProgress });
    } catch (thrown) {
      const problem = Problem.from(thrown);
      if (problem.kind !== 'cancelled') this.problem = problem;
    } finally {
      if (this.#running === running) {
        this.#running = undefined;
        this.progress = undefined;
      }
    }
  }

  #reset(): void {
    this.source = undefined;
    this.found = undefined;
    this.received = undefined;
    this.problem = undefined;
    this.elsewhere = [];
    this.reading = false;
  }

  static override styles = [sharedStyles, dialogStyles, addModelStyles];
}
