import { html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { incomingFiles, type ArrivedFiles } from '../../session/incoming-files.ts';
import { learning } from '../../session/learning.ts';
import { camera } from '../../camera/camera-stream.ts';
import { grab } from '../../camera/grab.ts';
import { msg } from '../../i18n/msg.ts';
import { activeModel } from '../../models/repository.ts';
import { listClasses } from '../../photos/classes.ts';
import { photoList } from '../../photos/photo-list.ts';
import { neediestClass, trainingSet } from '../../photos/training-set.ts';
import { Problem } from '../../platform/problem.ts';
import { CameraController, hasOtherCamera } from '../../widgets/camera/camera-controller.ts';
import '../../widgets/camera/camera-dial.ts';
import '../../widgets/camera/camera-gate.ts';
import '../../widgets/camera/camera-row.ts';
import { cameraStyles } from '../../widgets/camera/camera-styles.ts';
import { FrameWatch } from '../../widgets/camera/frame-watch.ts';
import { haptic } from '../../platform/haptics.ts';
import { whenIdle } from '../../platform/when-idle.ts';
import { LearningController } from '../../widgets/learning-controller.ts';
import { LiveAnswers } from '../../widgets/answer/live-answers-controller.ts';
import { ListenController } from '../../ui/listen-controller.ts';
import { notify } from '../../ui/notice.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../widgets/stored-controller.ts';
import '../../widgets/camera/viewfinder.ts';
import type { Viewfinder } from '../../widgets/camera/viewfinder.ts';
import './answer-sheet.ts';
import './engine-sheet.ts';
import type { ManyDialog } from './many/many-dialog.ts';
import { ManySheet } from './many/many-sheet.ts';
import { livePageStyles } from './live-page-styles.ts';
import './live-tools.ts';
import type { LiveTool } from './live-tools.ts';
import { liveOverlays } from './live-overlays.ts';
import { speedPill, stillPill } from './live-pills.ts';
import { StillController } from './still-controller.ts';
import { isPhoto } from './still-picture.ts';
import type { ClassRecord } from '../../records/class.ts';

/** Not needed before a tap, and loaded by then. */
const loadKeeping = () => import('./keep-picture.ts');

/**
 * The page on which the model classifies the camera picture as fast as the phone can, or a still
 * picture: a frozen frame or a photo from a file.
 */
@customElement('pp-live-page')
export class LivePage extends LitElement {
  @state() private accessor showsHeatMap = false;
  @state() private accessor showsFrame = false;
  @state() private accessor showsDetails = false;
  @query('pp-viewfinder') private accessor viewfinder!: Viewfinder;
  @query('input[type="file"]') private accessor fileInput!: HTMLInputElement;
  @query('pp-many-dialog') private accessor manyDialog!: ManyDialog;
  readonly #camera = new CameraController(this, camera);
  readonly #engine = new LearningController(this, learning);
  readonly #answers = new LiveAnswers(this, learning);
  readonly #still = new StillController(this, learning);
  readonly #frames = new FrameWatch(this, camera);
  readonly #many = new ManySheet(this, () => this.manyDialog);
  /** An object, to distinguish "there is no model" from "not read yet". */
  readonly #saved = new StoredController(this, ['models', 'settings'], async () => ({
    model: await activeModel(),
  }));
  readonly #photos = new StoredController(this, ['photos'], () => photoList.read());
  readonly #classes = new StoredController(this, ['classes'], listClasses);

  constructor() {
    super();
    new ListenController<CustomEvent<ArrivedFiles>>(this, incomingFiles, 'arrive', (event) => {
      const { files } = event.detail;
      if (files.length === 0 || !files.every(isPhoto)) return;
      event.preventDefault();
      this.#askAbout(files);
    });
  }

  override firstUpdated(): void {
    // If that fails, it is tried again with the tap, and reported.
    whenIdle()
      .then(loadKeeping)
      .catch(() => undefined);
  }

  override willUpdate(): void {
    // Before rendering, so that no answer about an older picture stays on the screen.
    if (!this.#canWatch()) this.#answers.watch(undefined);
    this.#answers.wantsHeatMap = this.showsHeatMap;
    this.#answers.wantsFrame = this.showsFrame;
  }

  override updated(): void {
    if (this.#canWatch()) this.#answers.watch(this.viewfinder.video);
    const watched = camera.state === 'live' && !this.#still.picture;
    this.#frames.watch(watched ? this.viewfinder.video : undefined);
  }

  #canWatch(): boolean {
    const isReady = this.#engine.status.phase === 'ready' && this.#hasEngineModel();
    return camera.state === 'live' && !this.#still.picture && isReady;
  }

  #hasEngineModel(): boolean {
    return this.#engine.status.model !== undefined;
  }

  /** The answer about the visible picture. */
  get #shown(): Pick<LiveAnswers, 'answer' | 'problem'> {
    return this.#still.picture ? this.#still.result : this.#answers;
  }

  override render() {
    const { picture: still } = this.#still;
    return html`
      <h1 class="visually-hidden">${msg('Live')}</h1>
      <pp-viewfinder
        .stream=${camera.stream}
        .still=${still?.shown}
        .stillLabel=${still?.kind === 'photo' ? msg('Photo') : msg('Frozen picture')}
        .mirrored=${still ? still.mirrored : camera.mirrored}
        .focuses=${!still && (camera.controls?.focuses ?? false)}
        @zoom-by=${this.#camera.zoomBy}
        @focus-at=${this.#camera.focusAt}
      >
        ${liveOverlays(this.#shown.answer, { heatMap: this.showsHeatMap, frame: this.showsFrame })}
        ${this.#row()}
        <pp-camera-gate
          ?hidden=${still !== undefined || !this.#hasModel()}
          purpose=${msg('Purrceptron needs the camera to see what is in front of it')}
          .state=${camera.state}
          .problem=${camera.problem}
          .trouble=${this.#frames.trouble}
          .several=${hasOtherCamera(camera)}
          @open-camera=${() => this.#camera.open()}
          @other-camera=${() => void camera.flip()}
        >
          <button slot="instead" @click=${() => this.fileInput.click()}>
            ${msg('Ask about a photo')}
          </button>
        </pp-camera-gate>
        <pp-camera-dial
          .camera=${camera}
          ?hidden=${still !== undefined || this.#frames.trouble !== undefined}
        ></pp-camera-dial>
        <div slot="bottom" class="controls">
          ${this.#tools()}
          <section class="sheet" aria-label=${msg('Answer')}>${this.#sheet()}</section>
        </div>
      </pp-viewfinder>
      <input type="file" accept="image/*" multiple hidden @change=${this.#onChosen} />
      <pp-many-dialog
        .classes=${this.#classes.value ?? []}
        @close=${this.#many.removeQuery}
      ></pp-many-dialog>
    `;
  }

  #hasModel(): boolean {
    return this.#hasEngineModel() || this.#saved.value?.model !== undefined;
  }

  /** The row at the top, with camera buttons while the camera picture is visible. */
  #row() {
    const { picture, opening } = this.#still;
    const pill =
      picture || opening
        ? stillPill(this.#still, this.showsDetails)
        : speedPill(this.#answers, this.showsDetails);
    return picture
      ? html`<div slot="top" class="camera-row"><span class="middle">${pill}</span></div>`
      : html`<pp-camera-row slot="top" .camera=${camera}>${pill}</pp-camera-row>`;
  }

  #tools() {
    if (!this.#hasEngineModel() && !this.#still.picture) return nothing;
    return html`<pp-live-tools
      .still=${this.#still.picture !== undefined}
      .live=${camera.state === 'live'}
      .heatMap=${this.showsHeatMap}
      .finds=${this.#engine.status.info?.base.knows?.boxes !== undefined}
      .frame=${this.showsFrame}
      .details=${this.showsDetails}
      @tool=${(event: CustomEvent<LiveTool>) => this.#onTool(event.detail)}
    ></pp-live-tools>`;
  }

  #sheet() {
    const { status } = this.#engine;
    const saved = this.#saved.value;
    if (this.#saved.problem) return html`<p role="alert">${this.#saved.problem.message}</p>`;
    if (!saved) return nothing;
    if (status.phase === 'ready' && status.model) {
      const { answer, problem } = this.#shown;
      return html`<pp-answer-sheet
        .model=${status.model}
        .classes=${this.#classes.value ?? []}
        .answer=${answer}
        .problem=${problem}
        .still=${this.#still.picture !== undefined}
        .canKeep=${this.#canKeep()}
        @correct=${(event: CustomEvent<ClassRecord>) => this.#keep(event.detail)}
      ></pp-answer-sheet>`;
    }
    return html`<pp-engine-sheet
      .status=${status}
      .hasModel=${saved.model !== undefined}
      .enoughPhotos=${this.#hasEnoughPhotos()}
      @retry=${() => void learning.start().catch(() => undefined)}
    ></pp-engine-sheet>`;
  }

  #canKeep(): boolean {
    const { state } = camera;
    return (
      this.#still.picture !== undefined || (state === 'live' && this.#frames.trouble !== 'still')
    );
  }

  #hasEnoughPhotos(): boolean {
    const { value: photos } = this.#photos;
    const { value: classes } = this.#classes;
    if (!photos || !classes) return false;
    const { unreadablePhotos: unreadable } = this.#engine.status;
    return neediestClass(trainingSet(classes, photos, { unreadable })) === undefined;
  }

  #onTool(tool: LiveTool): void {
    switch (tool) {
      case 'freeze':
        return void this.#freeze();
      case 'camera':
        return this.#still.close();
      case 'photo':
        return this.fileInput.click();
      case 'heat-map':
        this.showsHeatMap = !this.showsHeatMap;
        return;
      case 'frame':
        this.showsFrame = !this.showsFrame;
        return;
      case 'details':
        this.showsDetails = !this.showsDetails;
    }
  }

  async #freeze(): Promise<void> {
    const { viewfinder } = this;
    if (this.#still.picture || !(await viewfinder.whenFrame())) return;
    await this.#still.freeze(viewfinder.video, camera.mirrored, this.#answers.answer);
  }

  #onChosen(): void {
    const files = [...(this.fileInput.files ?? [])];
    // Cleared, so that choosing the same file again fires `change`.
    this.fileInput.value = '';
    this.#askAbout(files);
  }

  /** One photo takes the place of the camera picture; several get a table. */
  #askAbout(files: readonly File[]): void {
    const [file, ...others] = files;
    if (others.length > 0) void this.#many.open(files);
    else if (file) void this.#still.open(file);
  }

  /** Saves the picture that is visible at the tap, with the label that the user gives. */
  async #keep(label: ClassRecord): Promise<void> {
    const { viewfinder } = this;
    const { picture: still } = this.#still;
    if (!still && !(await viewfinder.whenFrame())) return;
    try {
      const picture = still ? await createImageBitmap(still.square) : await grab(viewfinder.video);
      viewfinder.blink();
      haptic('tick');
      const { keepPicture } = await loadKeeping();
      await keepPicture(this, picture, label);
    } catch (thrown) {
      const text = Problem.from(thrown, msg('This photo was not saved. Try again.')).message;
      notify(this, { text, tone: 'wrong' });
    }
  }

  static override styles = [sharedStyles, cameraStyles, livePageStyles];
}
