import { html, LitElement, nothing } from 'lit';
import { customElement, query, queryAll, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { learning } from '../../app/learning.ts';
import { camera } from '../../camera/camera-stream.ts';
import { grab } from '../../camera/grab.ts';
import { MOST_CLASSES } from '../../photos/classes.ts';
import type { ClassRecord, PhotoRecord } from '../../photos/record.ts';
import { Problem } from '../../problem.ts';
import { CameraController } from '../../ui/camera-controller.ts';
import '../../ui/camera-gate.ts';
import '../../ui/camera-row.ts';
import { cameraStyles } from '../../ui/camera-styles.ts';
import '../../ui/class-name-dialog.ts';
import type { ClassNameDialog } from '../../ui/class-name-dialog.ts';
import { icon } from '../../ui/icons.ts';
import { LearningController } from '../../ui/learning-controller.ts';
import { notify } from '../../ui/notice.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../ui/stored-controller.ts';
import '../../ui/viewfinder.ts';
import type { Viewfinder } from '../../ui/viewfinder.ts';
import { LiveAnswers } from '../../ui/live-answers.ts';
import { burst } from './burst.ts';
import { capturePageStyles } from './capture-page-styles.ts';
import { flyTo } from './fly-to.ts';
import './last-shots.ts';
import type { Shots } from './last-shots.ts';
import { librarySummary } from './library-summary.ts';
import { saveShot, type Shot, type ShotOptions } from '../../photos/save-shot.ts';
import './shutter.ts';
import type { Shutter } from './shutter.ts';
import { statusPill } from './status-pill.ts';

/** A guess four times a second is enough to read, and leaves the phone cool. */
const GUESS_EVERY_MS = 250;

/** The place where photos are taken: each shutter takes photos of one class. */
@customElement('pp-capture-page')
export class CapturePage extends LitElement {
  @state() private shots: Shots | undefined;
  @query('pp-viewfinder') private viewfinder!: Viewfinder;
  @query('pp-class-name-dialog') private nameDialog!: ClassNameDialog;
  @queryAll('pp-shutter') private shutters!: NodeListOf<Shutter>;
  readonly #camera = new CameraController(this, camera);
  readonly #engine = new LearningController(this, learning);
  readonly #guess = new LiveAnswers(this, learning, GUESS_EVERY_MS);
  readonly #library = new StoredController(this, ['photos', 'classes'], librarySummary);
  #burst: AbortController | undefined;
  /** The class whose shutter is to be brought into sight once it is there. */
  #added: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#onKey);
    this.#burst?.abort();
  }

  override willUpdate(): void {
    // Before rendering, so that no guess about an older picture stays on the screen.
    if (!this.#canGuess()) this.#guess.watch(undefined);
  }

  override updated(): void {
    if (this.#canGuess()) this.#guess.watch(this.viewfinder.video);
    if (this.#added !== undefined && this.#reveal(this.#added)) this.#added = undefined;
  }

  #canGuess(): boolean {
    return camera.state === 'live' && this.#engine.status.model !== undefined;
  }

  override render() {
    return html`
      <h1 class="visually-hidden">Capture</h1>
      <pp-viewfinder .stream=${camera.stream} .mirrored=${camera.mirrored}>
        <pp-camera-row slot="top" .camera=${camera}>${this.#pill()}</pp-camera-row>
        <pp-camera-gate
          purpose="Purrceptron needs the camera to take photos"
          .state=${camera.state}
          .problem=${camera.problem}
          @open-camera=${() => this.#camera.open()}
        ></pp-camera-gate>
        <div slot="bottom" class="controls">
          ${camera.state === 'live' ? this.#line() : nothing} ${this.#shutters()}
        </div>
      </pp-viewfinder>
      <pp-class-name-dialog
        @class-added=${(event: CustomEvent<ClassRecord>) => (this.#added = event.detail.id)}
      ></pp-class-name-dialog>
    `;
  }

  #pill() {
    const summary = this.#library.value;
    return camera.state === 'live' && summary
      ? statusPill(this.#guess, this.#engine.status, summary)
      : nothing;
  }

  #line() {
    const full = (this.#library.value?.classes.length ?? MOST_CLASSES) >= MOST_CLASSES;
    return html`<div class="line">
      <pp-last-shots .shots=${this.shots}></pp-last-shots>
      <button
        class="round"
        aria-label="Add a class"
        title="Add a class"
        data-action="add-class"
        ?hidden=${full}
        @click=${() => this.nameDialog.open()}
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
            <button @click=${() => this.#library.reload()}>Try again</button>
          </p>`
        : html`<div class="shutters"></div>`;
    }
    const { classes } = summary;
    return html`<div
      class="shutters"
      role="group"
      aria-label="Shutters"
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
            .disabled=${camera.state !== 'live'}
            @shoot=${() => this.#shootOne(record)}
            @burst-start=${() => this.#shootBurst(record)}
            @burst-end=${() => this.#burst?.abort()}
          ></pp-shutter>`,
      )}
    </div>`;
  }

  async #shootOne(record: ClassRecord): Promise<void> {
    const shot = await this.#shoot(record, {});
    if (shot?.duplicate) {
      notify(this, { text: 'This very picture is saved already. Move a little and tap again.' });
    } else if (shot) {
      this.shots = { className: record.name, photoIds: [shot.photo.id] };
    }
  }

  async #shootBurst(record: ClassRecord): Promise<void> {
    this.#burst?.abort();
    const control = (this.#burst = new AbortController());
    const photoIds: string[] = [];
    let first: PhotoRecord | undefined;
    await burst(async () => {
      const shot = await this.#shoot(record, first ? { burstOf: first } : {});
      if (!shot) return control.abort();
      first ??= shot.photo;
      if (shot.duplicate) return;
      photoIds.push(shot.photo.id);
      this.shots = { className: record.name, photoIds: [...photoIds] };
    }, control.signal);
  }

  /** Takes and stores one photo; undefined, and said why, where that failed. */
  async #shoot(
    record: ClassRecord,
    options: Pick<ShotOptions, 'burstOf'>,
  ): Promise<Shot | undefined> {
    const { viewfinder } = this;
    if (!viewfinder.hasFrame) return undefined;
    try {
      const frame = await grab(viewfinder.video);
      viewfinder.blink();
      navigator.vibrate?.(10);
      const shot = await saveShot(frame, { ...options, classId: record.id, source: 'camera' });
      if (!shot.duplicate) this.#fly(record, shot);
      return shot;
    } catch (thrown) {
      const text = Problem.from(thrown, 'This photo was not saved. Try again.').message;
      notify(this, { text, tone: 'wrong' });
      return undefined;
    }
  }

  /** Scrolls the shutter of a class into sight; gives it, where it is there. */
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

  /** 1 to 8 take a photo of the class in that place. */
  readonly #onKey = (event: KeyboardEvent) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    // A number within a name that is being typed.
    if (event.composedPath()[0] instanceof HTMLInputElement) return;
    const record = /^[1-8]$/.test(event.key) && this.#library.value?.classes[+event.key - 1];
    if (record && camera.state === 'live') void this.#shootOne(record);
  };

  static override styles = [sharedStyles, cameraStyles, capturePageStyles];
}
