import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { grab } from '../../camera/grab.ts';
import { msg, str } from '../../i18n/msg.ts';
import { saveShot, type Shot, type ShotOptions } from '../../photos/save-shot.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import { Problem } from '../../platform/problem.ts';
import { haptic } from '../../platform/haptics.ts';
import { notify } from '../../ui/notice.ts';
import { photoCount } from '../../ui/phrases.ts';
import type { Viewfinder } from '../../widgets/camera/viewfinder.ts';
import { burst, burstRate, MOST_IN_BURST } from './burst.ts';
import type { ClassRecord } from '../../records/class.ts';

/** Photos taken with one tap or one hold. */
export interface Shots {
  readonly className: string;
  readonly photoIds: readonly string[];
}

/** The burst that is running. */
export interface RunningBurst {
  readonly record: ClassRecord;
  readonly count: number;
  /** Photos a second; undefined before the second one. */
  readonly rate: number | undefined;
}

/** What it is to take photos with: the viewfinder, and what to show of each one taken. */
interface Darkroom {
  readonly viewfinder: Viewfinder;
  readonly developed: (record: ClassRecord, shot: Shot) => void;
}

/** Takes single photos and bursts, and re-renders its element as they are stored. */
export class Shooting implements ReactiveController {
  /** What was taken last, for Undo. */
  shots: Shots | undefined;
  running: RunningBurst | undefined;
  /** A tap starts and ends a burst, so that nothing must be held. */
  locked = false;
  /** The class that was used last. */
  lastClassId: string | undefined;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #darkroom: () => Darkroom;
  #control: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, darkroom: () => Darkroom) {
    this.#host = host;
    this.#darkroom = darkroom;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onHidden);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onHidden);
    this.stop();
  }

  /** A tap on a shutter, or its key: one photo, or with the lock a burst's start or end. */
  async tap(record: ClassRecord): Promise<void> {
    const wasRunning = this.running?.record.id === record.id;
    this.stop();
    if (wasRunning) return;
    await (this.locked ? this.hold(record) : this.#one(record));
  }

  /** Takes photos until `stop`. */
  async hold(record: ClassRecord): Promise<void> {
    this.stop();
    const control = (this.#control = new AbortController());
    this.lastClassId = record.id;
    this.#show({ record, count: 0, rate: undefined });
    const photoIds: string[] = [];
    const times: number[] = [];
    let first: PhotoRecord | undefined;
    await burst(async () => {
      const shot = await this.#shoot(record, first ? { burstOf: first } : {});
      if (!shot) return control.abort();
      first ??= shot.photo;
      if (shot.duplicate) return;
      photoIds.push(shot.photo.id);
      times.push(performance.now());
      this.shots = { className: record.name, photoIds: [...photoIds] };
      if (!control.signal.aborted) {
        this.#show({ record, count: photoIds.length, rate: burstRate(times) });
      }
    }, control.signal);
    if (!control.signal.aborted) {
      this.stop();
      const photos = photoCount(MOST_IN_BURST);
      notify(this.#host, { text: msg(str`A burst ends after ${photos}.`) });
    } else if (this.#control === control) {
      // A photo that failed has ended it.
      this.stop();
    }
    this.#host.requestUpdate();
  }

  /** Ends a burst, if there is one. */
  stop(): void {
    this.#control?.abort();
    this.#control = undefined;
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
      notify(this.#host, {
        text: msg('This very picture is saved already. Move a little and tap again.'),
      });
    } else if (shot) {
      this.shots = { className: record.name, photoIds: [shot.photo.id] };
      this.#host.requestUpdate();
    }
  }

  /** Takes and stores one photo; undefined, and said why, where that failed. */
  async #shoot(
    record: ClassRecord,
    options: Pick<ShotOptions, 'burstOf'>,
  ): Promise<Shot | undefined> {
    const { viewfinder, developed } = this.#darkroom();
    if (!viewfinder.hasFrame) return undefined;
    try {
      const frame = await grab(viewfinder.video);
      viewfinder.blink(options.burstOf !== undefined);
      haptic('tick');
      const shot = await saveShot(frame, { ...options, classId: record.id, source: 'camera' });
      if (!shot.duplicate) developed(record, shot);
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
