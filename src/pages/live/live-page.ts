import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { learning } from '../../app/learning.ts';
import { camera } from '../../camera/camera-stream.ts';
import { grab } from '../../camera/grab.ts';
import { activeModel } from '../../models/repository.ts';
import { ENOUGH_PHOTOS } from '../../photos/enough-photos.ts';
import { listClasses } from '../../photos/classes.ts';
import type { ClassRecord } from '../../photos/record.ts';
import { countPhotos, deletePhotos } from '../../photos/repository.ts';
import { Problem } from '../../problem.ts';
import { CameraController } from '../../ui/camera-controller.ts';
import '../../ui/camera-dial.ts';
import '../../ui/camera-gate.ts';
import '../../ui/camera-row.ts';
import { cameraStyles } from '../../ui/camera-styles.ts';
import { aClass } from '../../ui/class-words.ts';
import { FrameWatch } from '../../ui/frame-watch.ts';
import { hasOtherCamera } from '../../ui/has-other-camera.ts';
import { icon } from '../../ui/icons.ts';
import { LearningController } from '../../ui/learning-controller.ts';
import { notify } from '../../ui/notice.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import { StoredController } from '../../ui/stored-controller.ts';
import '../../ui/viewfinder.ts';
import type { Viewfinder } from '../../ui/viewfinder.ts';
import { saveShot } from '../../photos/save-shot.ts';
import './answer-sheet.ts';
import './engine-sheet.ts';
import { keptSentence } from './kept-sentence.ts';
import '../../ui/heat-map.ts';
import { LiveAnswers } from '../../ui/live-answers.ts';

/** The place where the model answers to what the camera sees, as fast as the phone can. */
@customElement('pp-live-page')
export class LivePage extends LitElement {
  @state() private showsHeatMap = false;
  @query('pp-viewfinder') private viewfinder!: Viewfinder;
  readonly #camera = new CameraController(this, camera);
  readonly #engine = new LearningController(this, learning);
  readonly #answers = new LiveAnswers(this, learning);
  readonly #frames = new FrameWatch(this, camera);
  /** Wrapped, so that "there is no model" is told from "not read yet". */
  readonly #saved = new StoredController(this, ['models', 'settings'], async () => ({
    model: await activeModel(),
  }));
  readonly #counts = new StoredController(this, ['photos'], countPhotos);
  readonly #classes = new StoredController(this, ['classes'], listClasses);

  override willUpdate(): void {
    // Before rendering, so that no answer about an older picture stays on the screen.
    if (!this.#canAnswer()) this.#answers.watch(undefined);
    this.#answers.wantsHeatMap = this.showsHeatMap;
  }

  override updated(): void {
    if (this.#canAnswer()) this.#answers.watch(this.viewfinder.video);
    this.#frames.watch(camera.state === 'live' ? this.viewfinder.video : undefined);
  }

  #canAnswer(): boolean {
    return camera.state === 'live' && this.#engine.status.model !== undefined;
  }

  override render() {
    return html`
      <h1 class="visually-hidden">Live</h1>
      <pp-viewfinder
        .stream=${camera.stream}
        .mirrored=${camera.mirrored}
        .focuses=${camera.controls?.focuses ?? false}
        @zoom-by=${this.#camera.zoomBy}
        @focus-at=${this.#camera.focusAt}
      >
        ${this.#heatMap()}
        <pp-camera-row slot="top" .camera=${camera}>
          ${this.#heatMapButton()} ${this.#pill()}
        </pp-camera-row>
        ${this.#heatMapWords()}
        <pp-camera-gate
          ?hidden=${(this.#engine.status.model ?? this.#saved.value?.model) === undefined}
          purpose="Purrceptron needs the camera to see what is in front of it"
          .state=${camera.state}
          .problem=${camera.problem}
          .trouble=${this.#frames.trouble}
          .several=${hasOtherCamera(camera)}
          @open-camera=${() => this.#camera.open()}
          @other-camera=${() => void camera.flip()}
        ></pp-camera-gate>
        <pp-camera-dial
          .camera=${camera}
          ?hidden=${this.#frames.trouble !== undefined}
        ></pp-camera-dial>
        <section slot="bottom" class="sheet" aria-label="Answer">${this.#sheet()}</section>
      </pp-viewfinder>
    `;
  }

  #heatMapButton() {
    if (!this.#canAnswer()) return nothing;
    return html`<button
      slot="start"
      class="round"
      data-action="heat-map"
      aria-label="Heat map: what speaks for the answer"
      aria-pressed=${this.showsHeatMap}
      @click=${() => (this.showsHeatMap = !this.showsHeatMap)}
    >
      ${icon('heat-map')}
    </button>`;
  }

  #heatMap() {
    const { answer } = this.#answers;
    if (!this.showsHeatMap || !answer) return nothing;
    return html`<pp-heat-map
      slot="square"
      .map=${answer.heatMap}
      .classes=${answer.model.classes}
    ></pp-heat-map>`;
  }

  /** Says what the colour says. */
  #heatMapWords() {
    const { answer } = this.#answers;
    if (!this.showsHeatMap || !answer) return nothing;
    const { heatMap, model } = answer;
    const name = heatMap && model.classes[heatMap.classIndex]?.name;
    return html`<p class="pill over-square">
      ${name === undefined ? 'No heat map for this answer' : `What speaks for ${aClass(name)}`}
    </p>`;
  }

  #pill() {
    const { statistics, problem } = this.#answers;
    if (problem) return html`<p class="pill">${problem.message}</p>`;
    if (!statistics) return nothing;
    const { perSecond, milliseconds } = statistics;
    return html`<p class="pill" data-fps=${perSecond}>
      ${perSecond} fps · ${Math.round(milliseconds)} ms
    </p>`;
  }

  #sheet() {
    const { status } = this.#engine;
    const saved = this.#saved.value;
    if (this.#saved.problem) return html`<p role="alert">${this.#saved.problem.message}</p>`;
    if (!saved) return nothing;
    if (status.phase === 'ready' && status.model) {
      return html`<pp-answer-sheet
        .model=${status.model}
        .classes=${this.#classes.value ?? []}
        .answer=${this.#answers.answer}
        .problem=${this.#answers.problem}
        .canKeep=${camera.state === 'live' && this.#frames.trouble !== 'still'}
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

  #hasEnoughPhotos(): boolean {
    const { value: counts } = this.#counts;
    const { value: classes } = this.#classes;
    if (!counts || !classes) return false;
    return classes.every(({ id }) => (counts.get(id) ?? 0) >= ENOUGH_PHOTOS);
  }

  /** Keeps the picture that is on the screen at the tap, with the label that the person gives. */
  async #keep({ id, name }: ClassRecord): Promise<void> {
    const { viewfinder } = this;
    if (!viewfinder.hasFrame) return;
    try {
      const frame = await grab(viewfinder.video);
      viewfinder.blink();
      navigator.vibrate?.(10);
      const { photo, duplicate } = await saveShot(frame, { classId: id, source: 'live' });
      if (duplicate) {
        notify(this, { text: 'This very picture is saved already.' });
      } else {
        notify(this, {
          text: keptSentence(name, photo),
          action: { label: 'Undo', run: () => void this.#undo(photo.id) },
        });
      }
    } catch (thrown) {
      this.#say(thrown);
    }
  }

  async #undo(photoId: string): Promise<void> {
    try {
      await deletePhotos([photoId]);
    } catch (thrown) {
      this.#say(thrown);
    }
  }

  #say(thrown: unknown): void {
    const text = Problem.from(thrown, 'This photo was not saved. Try again.').message;
    notify(this, { text, tone: 'wrong' });
  }

  static override styles = [
    sharedStyles,
    cameraStyles,
    css`
      :host {
        height: 100%;
      }
      pp-viewfinder {
        height: 100%;
      }
      button.round:focus-visible {
        outline-color: var(--on-dark);
      }
      .sheet {
        box-sizing: border-box;
        min-height: 180px;
        max-height: 50vh;
        overflow: hidden auto;
        padding: 20px calc(20px + env(safe-area-inset-right)) 16px
          calc(20px + env(safe-area-inset-left));
        border-radius: var(--radius-wide) var(--radius-wide) 0 0;
        background: var(--card);
        color: var(--ink);
      }
      @media (min-width: 840px), (orientation: landscape) and (max-height: 500px) {
        .sheet {
          display: grid;
          align-content: center;
          width: clamp(300px, 32vw, 420px);
          height: 100%;
          max-height: none;
          padding: 24px calc(28px + env(safe-area-inset-right)) 24px 28px;
          border-radius: var(--radius-wide) 0 0 var(--radius-wide);
        }
      }
    `,
  ];
}
