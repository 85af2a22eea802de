import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { grab } from '../../camera/grab.ts';
import { msg, str } from '../../i18n/msg.ts';
import type { saveShot as SaveShot, Shot, ShotOptions } from '../../photos/save-shot.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import { Problem } from '../../platform/problem.ts';
import { haptic } from '../../platform/haptics.ts';
import { whenIdle } from '../../platform/when-idle.ts';
import { notify } from '../../ui/notice.ts';
import { photoCount } from '../../ui/phrases.ts';
import type { Viewfinder } from '../../widgets/camera/viewfinder.ts';
import { burst, burstRate } from './burst.ts';
import type { ClassRecord } from '../../records/class.ts';

/** The photos taken with one tap or one burst. */
export interface Shots {
  readonly className: string;
  readonly photoIds: readonly string[];
}

/** A running burst. */
export interface RunningBurst {
  readonly record: ClassRecord;
  /** Number of photos so far. */
  readonly count: number;
  /** Photos per second; undefined before the second photo. */
  readonly rate: number | undefined;
}

/** What the page provides for taking photos. */
interface ShootingContext {
  readonly viewfinder: Viewfinder;
  /** Called after each saved photo. */
  readonly onSaved: (record: ClassRecord, shot: Shot) => void;
}

/**
 * This many times the very same picture in sequence, about two seconds, end a burst: the camera's
 * picture stands still.
 */
const MAX_DUPLICATES = 10;
const PICTURE_STANDS_STILL = Symbol();

/** Not needed before the first photo, and loaded by then. */
const loadSaving = () => import('../../photos/save-shot.ts');

/** Takes single photos and bursts, and updates the host as they are saved. */
export class Shooting implements ReactiveController {
  /** The photos taken last, for Undo. */
  shots: Shots | undefined;
  running: RunningBurst | undefined;
  /** Whether a tap starts and ends a burst, so that nobody has to hold a button. */
  locked = false;
  /** Id of the class that was used last. */
  lastClassId: string | undefined;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #context: () => ShootingContext;
  #abortController: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, context: () => ShootingContext) {
    this.#host = host;
    this.#context = context;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onHidden);
    // If that fails, it is tried again with the photo, and reported.
    whenIdle()
      .then(loadSaving)
      .catch(() => undefined);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onHidden);
    this.stop();
  }

  /**
   * Handles a tap on a shutter or its key: takes one photo, or starts or ends a burst if `locked`.
   */
  async tap(record: ClassRecord): Promise<void> {
    const wasRunning = this.running?.record.id === record.id;
    this.stop();
    if (wasRunning) return;
    await (this.locked ? this.hold(record) : this.#one(record));
  }

  /** Takes a burst of photos until `stop` is called. */
  async hold(record: ClassRecord): Promise<void> {
    this.stop();
    const abortController = (this.#abortController = new AbortController());
    this.lastClassId = record.id;
    this.#show({ record, count: 0, rate: undefined });
    const photoIds: string[] = [];
    const times: number[] = [];
    let first: PhotoRecord | undefined;
    let duplicates = 0;
    await burst(async () => {
      const shot = await this.#shoot(record, first ? { burstOf: first } : {});
      if (!shot) return abortController.abort();
      first ??= shot.photo;
      duplicates = shot.duplicate ? duplicates + 1 : 0;
      if (duplicates === MAX_DUPLICATES) return abortController.abort(PICTURE_STANDS_STILL);
      if (shot.duplicate) return;
      photoIds.push(shot.photo.id);
      times.push(performance.now());
      this.shots = { className: record.name, photoIds: [...photoIds] };
      if (!abortController.signal.aborted) {
        this.#show({ record, count: photoIds.length, rate: burstRate(times) });
      }
    }, abortController.signal);
    // A burst that ended by itself: at its maximum, by a failed photo or by a picture that stood still.
    if (this.#abortController === abortController) this.stop();
    if (abortController.signal.reason === PICTURE_STANDS_STILL) this.#notifyDuplicate();
    if (!abortController.signal.aborted) {
      const photos = photoCount(photoIds.length);
      notify(this.#host, { text: msg(str`A burst ends after ${photos}.`) });
    }
    this.#host.requestUpdate();
  }

  /** Ends the running burst, if there is one. */
  stop(): void {
    this.#abortController?.abort();
    this.#abortController = undefined;
    if (this.running) this.#show(undefined);
  }

  setLocked(locked: boolean): void {
    this.stop();
    this.locked = locked;
    this.#host.requestUpdate();
  }

  async #one(record: ClassRecord): Promise<void> {
    this.lastClassId = record.id;
    const shot = await this.#shoot(record, {});
    if (shot?.duplicate) {
      this.#notifyDuplicate();
    } else if (shot) {
      this.shots = { className: record.name, photoIds: [shot.photo.id] };
      this.#host.requestUpdate();
    }
  }

  #notifyDuplicate(): void {
    notify(this.#host, {
      text: msg('This very picture is saved already. Move a little and tap again.'),
    });
  }

  /** Takes and saves one photo. If that fails, it shows a notice and returns undefined. */
  async #shoot(
    record: ClassRecord,
    options: Pick<ShotOptions, 'burstOf'>,
  ): Promise<Shot | undefined> {
    const { viewfinder, onSaved } = this.#context();
    if (!(await viewfinder.whenFrame())) return undefined;
    try {
      const frame = await grab(viewfinder.video);
      viewfinder.blink(options.burstOf !== undefined);
      haptic('tick');
      const shot = await save(frame, { ...options, classId: record.id, source: 'camera' });
      if (!shot.duplicate) onSaved(record, shot);
      return shot;
    } catch (thrown) {
      const text = Problem.from(thrown, msg('This photo was not saved. Try again.')).message;
      notify(this.#host, { text, tone: 'wrong' });
      return undefined;
    }
  }

  #show(running: RunningBurst | undefined): void {
    this.running = running;
    this.#host.requestUpdate();
  }

  readonly #onHidden = () => {
    if (document.hidden) this.stop();
  };
}

async function save(...[frame, options]: Parameters<typeof SaveShot>): Promise<Shot> {
  try {
    const { saveShot } = await loadSaving();
    return await saveShot(frame, options);
  } finally {
    frame.close();
  }
}
