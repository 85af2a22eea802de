import { html, LitElement, nothing } from 'lit';
import { customElement, query, queryAll } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { learning } from '../../session/learning.ts';
import { camera } from '../../camera/camera-stream.ts';
import { msg } from '../../i18n/msg.ts';
import { MOST_CLASSES } from '../../photos/class-limits.ts';
import { CameraController, hasOtherCamera } from '../../widgets/camera/camera-controller.ts';
import '../../widgets/camera/camera-dial.ts';
import '../../widgets/camera/camera-gate.ts';
import '../../widgets/camera/camera-row.ts';
import { cameraStyles } from '../../widgets/camera/camera-styles.ts';
import type { ClassNameDialog } from '../../widgets/library/class-name-dialog.ts';
import { FrameWatch } from '../../widgets/camera/frame-watch.ts';
import { icon } from '../../ui/icons.ts';
import { LearningController } from '../../widgets/learning-controller.ts';
import { notify } from '../../ui/notice.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../widgets/stored-controller.ts';
import '../../widgets/camera/viewfinder.ts';
import type { Viewfinder } from '../../widgets/camera/viewfinder.ts';
import { LiveAnswers } from '../../widgets/answer/live-answers-controller.ts';
import { capturePageStyles } from './capture-page-styles.ts';
import { flyTo } from './fly-to.ts';
import { hintWords } from './hint-words.ts';
import './last-shots.ts';
import { librarySummary } from './library-summary.ts';
import type { Shot } from '../../photos/save-shot.ts';
import { Shooting } from './shooting.ts';
import { ShutterKeys } from './shutter-keys.ts';
import './shutter.ts';
import type { Shutter } from './shutter.ts';
import { statusPill } from './status-pill.ts';
import type { ClassRecord } from '../../records/class.ts';

/** Four predictions per second are enough to read, and keep the phone cool. */
const PREDICTION_INTERVAL_MS = 250;

/** The page on which photos are taken: each shutter takes photos of one class. */
@customElement('pp-capture-page')
export class CapturePage extends LitElement {
  @query('pp-viewfinder') private accessor viewfinder!: Viewfinder;
  @query('pp-class-name-dialog') private accessor nameDialog!: ClassNameDialog;
  @queryAll('pp-shutter') private accessor shutters!: NodeListOf<Shutter>;
  readonly #camera = new CameraController(this, camera);
  readonly #engine = new LearningController(this, learning);
  readonly #prediction = new LiveAnswers(this, learning, PREDICTION_INTERVAL_MS);
  readonly #library = new StoredController(this, ['photos', 'classes'], librarySummary);
  readonly #frames = new FrameWatch(this, camera);
  readonly #shooting = new Shooting(this, () => ({
    viewfinder: this.viewfinder,
    onSaved: (record, shot) => this.#fly(record, shot),
  }));
  /** Id of a new class whose shutter will be scrolled into view when it is rendered. */
  #addedClassId: string | undefined;

  constructor() {
    super();
    new ShutterKeys(this, {
      takes: (key) => this.#canShoot() && /^[1-8 ]$/.test(key),
      press: (key) => this.#withKey(key, (record) => this.#shooting.tap(record)),
      hold: (key) => this.#withKey(key, (record) => this.#shooting.hold(record)),
      release: () => this.#shooting.stop(),
      stop: () => this.#shooting.stop(),
    });
  }

  override willUpdate(): void {
    // Before rendering, so that no prediction for an older picture stays on the screen.
    if (!this.#canPredict()) this.#prediction.watch(undefined);
  }

  override updated(): void {
    if (this.#canPredict()) this.#prediction.watch(this.viewfinder.video);
    this.#frames.watch(camera.state === 'live' ? this.viewfinder.video : undefined);
    if (this.#addedClassId !== undefined && this.#reveal(this.#addedClassId))
      this.#addedClassId = undefined;
  }

  #canPredict(): boolean {
    // Before there are photos, the page says what to do next.
    const { model } = this.#engine.status;
    return camera.state === 'live' && model !== undefined && !model.untrained;
  }

  /** A camera that delivers no new frames must not save its last frame as a new photo. */
  #canShoot(): boolean {
    return camera.state === 'live' && this.#frames.trouble !== 'still';
  }

  override render() {
    return html`
      <h1 class="visually-hidden">${msg('Capture')}</h1>
      <pp-viewfinder
        .stream=${camera.stream}
        .mirrored=${camera.mirrored}
        .focuses=${camera.controls?.focuses ?? false}
        @zoom-by=${this.#camera.zoomBy}
        @focus-at=${this.#camera.focusAt}
      >
        <pp-camera-row slot="top" .camera=${camera}>${this.#pill()}</pp-camera-row>
        <pp-camera-gate
          purpose=${msg('Purrceptron needs the camera to take photos')}
          .state=${camera.state}
          .problem=${camera.problem}
          .trouble=${this.#frames.trouble}
          .several=${hasOtherCamera(camera)}
          @open-camera=${() => this.#camera.open()}
          @other-camera=${() => void camera.flip()}
        ></pp-camera-gate>
        <div class="over-square" role="status">${this.#hint()}</div>
        <pp-camera-dial
          .camera=${camera}
          ?hidden=${this.#frames.trouble !== undefined}
        ></pp-camera-dial>
        <div slot="bottom" class="controls">
          ${camera.state === 'live' ? this.#line() : nothing} ${this.#shutters()}
        </div>
      </pp-viewfinder>
      <pp-class-name-dialog
        @class-added=${(event: CustomEvent<ClassRecord>) => (this.#addedClassId = event.detail.id)}
      ></pp-class-name-dialog>
    `;
  }

  #pill() {
    const summary = this.#library.value;
    return camera.state === 'live' && summary
      ? statusPill(this.#prediction, this.#engine.status, summary)
      : nothing;
  }

  #hint() {
    const { hint, trouble } = this.#frames;
    return hint && !trouble
      ? html`<p class="pill" data-hint=${hint}>${hintWords(hint, camera.controls)}</p>`
      : nothing;
  }

  readonly #addClass = async () => {
    await import('../../widgets/library/class-name-dialog.ts');
    this.nameDialog.open();
  };

  #line() {
    const full = (this.#library.value?.classes.length ?? MOST_CLASSES) >= MOST_CLASSES;
    const { shots, running, locked } = this.#shooting;
    return html`<div class="line">
      <button
        class="round"
        aria-label=${msg('Burst without holding')}
        title=${msg('Burst without holding')}
        aria-pressed=${locked}
        data-action="lock"
        @click=${() => this.#shooting.setLocked(!locked)}
      >
        ${icon('burst')}
      </button>
      <pp-last-shots .shots=${shots} .running=${running} .locked=${locked}></pp-last-shots>
      <button
        class="round add"
        aria-label=${msg('Add a class')}
        title=${msg('Add a class')}
        data-action="add-class"
        ?hidden=${full}
        @click=${this.#addClass}
      >
        ${icon('plus')}
      </button>
    </div>`;
  }

  #shutters() {
    const { value: summary, problem } = this.#library;
    if (!summary) {
      return problem
        ? html`<p class="problem" role="alert">
            ${problem.message}
            <button @click=${() => this.#library.reload()}>${msg('Try again')}</button>
          </p>`
        : html`<div class="shutters"></div>`;
    }
    const { classes } = summary;
    return html`<div
      class="shutters"
      role="group"
      aria-label=${msg('Shutters', { desc: 'the buttons that take photos' })}
      ?data-many=${classes.length > 4}
    >
      ${repeat(
        classes,
        ({ id }) => id,
        (record, i) =>
          html`<pp-shutter
            .record=${record}
            .count=${summary.counts.get(record.id) ?? 0}
            .lastPhotoId=${summary.newest.get(record.id)}
            .compact=${classes.length > 2}
            .key=${i + 1}
            .disabled=${!this.#canShoot()}
            .bursting=${this.#shooting.running?.record.id === record.id}
            @shoot=${() => this.#shooting.tap(record)}
            @burst-start=${() => this.#shooting.hold(record)}
            @burst-end=${() => this.#shooting.stop()}
          ></pp-shutter>`,
      )}
    </div>`;
  }

  /** Keys 1 to 8 select a class by its position, Space the class that was used last. */
  #withKey(key: string, act: (record: ClassRecord) => Promise<void>): void {
    const classes = this.#library.value?.classes ?? [];
    const record =
      key === ' '
        ? classes.find(({ id }) => id === this.#shooting.lastClassId)
        : classes[Number(key) - 1];
    if (record) void act(record);
    else if (key === ' ') {
      notify(this, { text: msg('Space takes the class you used last. Start with its number.') });
    }
  }

  /** Scrolls the shutter of a class into view. @returns the shutter, if it is rendered */
  #reveal(classId: string): Shutter | undefined {
    const shutter = [...this.shutters].find(({ record }) => record.id === classId);
    shutter?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return shutter;
  }

  #fly(record: ClassRecord, shot: Shot): void {
    const shutter = this.#reveal(record.id);
    if (!shutter) return;
    void flyTo(this.renderRoot, shot.thumbnail, this.viewfinder.squareRect, shutter.thumbnailRect);
  }

  static override styles = [sharedStyles, cameraStyles, capturePageStyles];
}
