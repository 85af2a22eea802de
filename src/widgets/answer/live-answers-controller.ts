import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { frameLoop } from '../../camera/frame-loop.ts';
import { msg } from '../../i18n/msg.ts';
import type { LearningClient } from '../../learning/api/learning-client.ts';
import { Problem } from '../../platform/problem.ts';
import { AnswerRate } from './answer-rate.ts';
import { liveAnswer, type LiveAnswer } from './live-answer.ts';

/** The numbers of the pill change this often: faster cannot be read. */
const STATISTICS_EVERY_MS = 500;

/** Whoever answers: the page's one LearningClient. */
export type Classifier = Pick<LearningClient, 'status' | 'classify'>;

/** Asks the model about the newest frame of a video, again and again, and re-renders its element. */
export class LiveAnswers implements ReactiveController {
  answer: LiveAnswer | undefined;
  /** Why the last frame has no answer. */
  problem: Problem | undefined;
  /** Answers in the last second, and the latest one's milliseconds from its frame to the screen. */
  statistics: { readonly perSecond: number; readonly milliseconds: number } | undefined;

  /** Whether to ask for heat maps too, which takes a little longer. */
  wantsHeatMap = false;

  readonly #host: ReactiveControllerHost;
  readonly #client: Classifier;
  readonly #interval: number;
  readonly #rate = new AnswerRate();
  #video: HTMLVideoElement | undefined;
  #stop: (() => void) | undefined;
  #answeredAt = 0;
  #statisticsAt = 0;

  /** @param interval at least so many milliseconds from one question to the next */
  constructor(host: ReactiveControllerHost, client: Classifier, interval = 0) {
    this.#host = host;
    this.#client = client;
    this.#interval = interval;
    host.addController(this);
  }

  /** Starts, changes or ends (with undefined) what is looked at. */
  watch(video: HTMLVideoElement | undefined): void {
    if (video === this.#video) return;
    this.hostDisconnected();
    this.#video = video;
    if (!video) return;
    this.#stop = frameLoop(video, (frame) => this.#ask(frame), {
      interval: this.#interval,
      onError: (thrown) => {
        this.answer = undefined;
        this.statistics = undefined;
        this.problem = Problem.from(thrown, msg('This picture could not be classified.'));
        this.#host.requestUpdate();
      },
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#video = undefined;
    this.answer = undefined;
    this.problem = undefined;
    this.statistics = undefined;
  }

  async #ask(frame: VideoFrame | ImageBitmap): Promise<void> {
    const { phase, model } = this.#client.status;
    if (phase !== 'ready' || !model) {
      frame.close();
      if (this.answer) this.#show(undefined);
      return;
    }
    const video = this.#video;
    const asked = performance.now();
    const classification = await this.#client.classify(frame, {
      follows: true,
      heatMap: this.wantsHeatMap,
    });
    const { modelId } = classification;
    // Another model may have been trained meanwhile, or nobody looks any more.
    if (modelId !== model.id || video !== this.#video) return;
    const now = performance.now();
    const before = this.answer?.model.id === modelId ? this.answer : undefined;
    const answer = liveAnswer(model, before, classification, now - this.#answeredAt);
    this.#answeredAt = now;
    this.#rate.add(now);
    if (now - this.#statisticsAt >= STATISTICS_EVERY_MS) {
      this.#statisticsAt = now;
      this.statistics = { perSecond: this.#rate.at(now), milliseconds: now - asked };
    }
    this.#show(answer);
  }

  #show(answer: LiveAnswer | undefined): void {
    this.answer = answer;
    this.problem = undefined;
    this.#host.requestUpdate();
  }
}
