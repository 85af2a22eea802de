import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Problem } from '../../platform/problem.ts';
import { newestOf } from '../../models/answering-model.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { TrainOptions } from '../../records/training.ts';
import { routeOf } from '../../session/routes.ts';
import type { TrainingRun } from '../../session/training-run.ts';
import { saveSettings } from '../../storage/settings.ts';
import { ListenController } from '../../ui/listen-controller.ts';
import { notify } from '../../ui/notice.ts';
import type { LearningController } from '../../widgets/learning-controller.ts';
import type { StoredController } from '../../widgets/stored-controller.ts';
import type { BlocksController } from './blocks-controller.ts';
import { alikeOf, optionsLike } from './options-like.ts';
import { trainOptions } from './training-choice.ts';
import type { TrainingInput } from './training-input.ts';

/** What the options and the model are derived from. */
interface Sources {
  readonly input: StoredController<TrainingInput>;
  readonly engine: LearningController;
  readonly blocks: BlocksController;
  readonly run: TrainingRun;
}

/** The model in use and the options of the next training, for the Train page. */
export class NextTraining implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #sources: Sources;
  /** The options chosen last, until they are stored in the database. */
  #chosen: TrainOptions | undefined;
  /** Id of the model whose settings the next training repeats. */
  #alikeId = alikeOf(location.hash);
  /** A model that has just been trained, until the database is read again. */
  #unread: ModelRecord | undefined;
  /** The run's model when it was last checked. */
  #trained: ModelRecord | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, sources: Sources) {
    this.#host = host;
    this.#sources = sources;
    this.#trained = sources.run.model;
    host.addController(this);
    new ListenController(host, sources.run, 'change', () => this.#onRun());
    new ListenController(host, window, 'hashchange', () => this.#onAddress());
  }

  hostConnected(): void {
    this.#onAddress();
  }

  /** The model in use, which a training may have just made. */
  get model(): ModelRecord | undefined {
    const made = this.#unread;
    return made && !made.objection ? made : this.#sources.input.value?.model;
  }

  /** The newest model if it is not in use because of an objection. */
  get objected(): ModelRecord | undefined {
    const newest = this.#unread ?? newestOf(this.#sources.input.value?.models ?? []);
    return newest?.objection && newest.id !== this.model?.id ? newest : undefined;
  }

  /** The model whose settings the next training repeats, from the address `#/train?like=ID`. */
  get alike(): ModelRecord | undefined {
    return this.#sources.input.value?.models.find(({ id }) => id === this.#alikeId);
  }

  /** The options of the next training. */
  get options(): TrainOptions {
    const { input, engine, blocks } = this.#sources;
    const { base } = engine.status.info ?? {};
    const { alike } = this;
    if (alike) return optionsLike(alike, base);
    const chosen = this.#chosen ?? input.value?.options ?? {};
    const layers = blocks.value.map(({ layer }) => layer);
    return trainOptions(chosen, this.model, base, layers.length > 0 ? layers : undefined);
  }

  /** Stores the chosen options. If storing fails, they still apply until the page is closed. */
  async choose(options: TrainOptions): Promise<void> {
    this.#chosen = options;
    this.dropAlike();
    try {
      await saveSettings({ trainingOptions: options });
      await this.#sources.input.reload();
      if (this.#chosen === options) this.#chosen = undefined;
    } catch (thrown) {
      notify(this.#host, { text: Problem.from(thrown).message, tone: 'wrong' });
    }
  }

  /** Returns to the options that the user chose. */
  dropAlike(): void {
    this.#alikeId = undefined;
    this.#host.requestUpdate();
  }

  #onRun(): void {
    const { input, run } = this.#sources;
    if (run.model !== this.#trained) {
      this.#trained = this.#unread = run.model;
      void input.reload().then(() => {
        this.#unread = undefined;
        this.#host.requestUpdate();
      });
    }
    this.#host.requestUpdate();
  }

  #onAddress(): void {
    if (routeOf(location.hash) !== 'train') return;
    this.#alikeId = alikeOf(location.hash);
    this.#host.requestUpdate();
  }
}
