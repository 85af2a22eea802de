import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { frameLoop } from '../../camera/frame-loop.ts';
import { msg } from '../../i18n/msg.ts';
import type { LearningClient } from '../../learning/api/learning-client.ts';
import { Problem } from '../../platform/problem.ts';
import { AnswerRate } from './answer-rate.ts';
import { liveAnswer, type LiveAnswer } from './live-answer.ts';

/** How often the statistics change: faster changes cannot be read. */
const STATISTICS_INTERVAL_MS = 500;

/** The part of LearningClient that answers about pictures. */
export type Classifier = Pick<LearningClient, 'status' | 'classify'>;

/** Classifies the newest frame of a video repeatedly, and updates the host after each answer. */
export class LiveAnswers implements ReactiveController {
  answer: LiveAnswer | undefined;
  /** Why there is no answer about the last frame. */
  problem: Problem | undefined;
  /** Number of answers in the last second, and the latency of the latest answer in milliseconds. */
  statistics: { readonly perSecond: number; readonly milliseconds: number } | undefined;

  /** Whether to request heat maps, which take a little longer. */
  wantsHeatMap = false;
  /** Whether to ask where the animal is. */
  wantsFrame = false;

  readonly #host: ReactiveControllerHost;
  readonly #client: Classifier;
  readonly #interval: number;
  readonly #rate = new AnswerRate();
  #video: HTMLVideoElement | undefined;
  #stop: (() => void) | undefined;
  #answeredAt = 0;
  #statisticsAt = 0;

  /** @param interval minimum time between two requests, in milliseconds */
  constructor(host: ReactiveControllerHost, client: Classifier, interval = 0) {
    this.#host = host;
    this.#client = client;
    this.#interval = interval;
    host.addController(this);
  }

  /** Sets the video to classify; undefined stops. */
  watch(video: HTMLVideoElement | undefined): void {
    if (video === this.#video) return;
    this.hostDisconnected();
    this.#video = video;
    if (!video) return;
    this.#stop = frameLoop(video, (frame) => this.#classify(frame), {
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

  async #classify(frame: VideoFrame | ImageBitmap): Promise<void> {
    const { phase, model } = this.#client.status;
    if (phase !== 'ready' || !model) {
      frame.close();
      if (this.answer) this.#show(undefined);
      return;
    }
    const video = this.#video;
    const requestedAt = performance.now();
    const classification = await this.#client.classify(frame, {
      follows: true,
      heatMap: this.wantsHeatMap,
      boxes: this.wantsFrame,
    });
    const { modelId } = classification;
    // Meanwhile another model may have been trained, or the video may have changed.
    if (modelId !== model.id || video !== this.#video) return;
    const now = performance.now();
    const before = this.answer?.model.id === modelId ? this.answer : undefined;
    const answer = liveAnswer(model, before, classification, now - this.#answeredAt);
    this.#answeredAt = now;
    this.#rate.add(now);
    if (now - this.#statisticsAt >= STATISTICS_INTERVAL_MS) {
      this.#statisticsAt = now;
      this.statistics = { perSecond: this.#rate.at(now), milliseconds: now - requestedAt };
    }
    this.#show(answer);
  }

  #show(answer: LiveAnswer | undefined): void {
    this.answer = answer;
    this.problem = undefined;
    this.#host.requestUpdate();
  }
}
