import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { frameLoop } from '../camera/frame-loop.ts';
import type { LearningClient } from '../learning/client.ts';
import type { Classification, HeatMap } from '../learning/service.ts';
import type { ModelClass, ModelRecord } from '../models/record.ts';
import { Problem } from '../problem.ts';
import { AnswerRate } from './answer-rate.ts';
import { argMax, smooth } from './smoothing.ts';

/** What the model says of what the camera sees now. */
export interface LiveAnswer {
  readonly model: ModelRecord;
  /** Smoothed over time, in the order of the model's classes. */
  readonly probabilities: readonly number[];
  /** The most probable class. */
  readonly top: ModelClass;
  readonly topProbability: number;
  /** As Classification.novelty, smoothed over time. */
  readonly novelty: number;
  /** Like none of the photos that were learned from: it may be of no class. */
  readonly unfamiliar: boolean;
  /** Whether the top class may be named: it is familiar, and likely enough. */
  readonly sure: boolean;
  /** What in the picture speaks for the answer, smoothed over time; only where it is asked for. */
  readonly heatMap?: HeatMap;
}

/** The top class is named from this probability on; below it the words are "Not sure". */
export const SURE = 0.6;

/** The numbers of the pill change this often: faster cannot be read. */
const STATISTICS_EVERY_MS = 500;

/** Asks the model about the newest frame of a video, again and again, and re-renders its element. */
export class LiveAnswers implements ReactiveController {
  answer: LiveAnswer | undefined;
  /** Why the last frame has no answer. */
  problem: Problem | undefined;
  /** Answers in the last second, and the latest one's time in the worker in milliseconds. */
  statistics: { readonly perSecond: number; readonly milliseconds: number } | undefined;

  /** Whether to ask for heat maps too, which takes a little longer. */
  wantsHeatMap = false;

  readonly #host: ReactiveControllerHost;
  readonly #client: LearningClient;
  readonly #interval: number;
  readonly #rate = new AnswerRate();
  #video: HTMLVideoElement | undefined;
  #stop: (() => void) | undefined;
  #answeredAt = 0;
  #statisticsAt = 0;

  /** @param interval at least so many milliseconds from one question to the next */
  constructor(host: ReactiveControllerHost, client: LearningClient, interval = 0) {
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
        this.problem = Problem.from(thrown, 'This picture could not be classified.');
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
    const options = this.wantsHeatMap ? { heatMap: true } : undefined;
    const classification = await this.#client.classify(frame, options);
    const { modelId, milliseconds } = classification;
    // Another model may have been trained meanwhile, or nobody looks any more.
    if (modelId !== model.id || video !== this.#video) return;
    const now = performance.now();
    const before = this.answer?.model.id === modelId ? this.answer : undefined;
    const answer = answerOf(model, before, classification, now - this.#answeredAt);
    this.#answeredAt = now;
    this.#rate.add(now);
    if (now - this.#statisticsAt >= STATISTICS_EVERY_MS) {
      this.#statisticsAt = now;
      this.statistics = { perSecond: this.#rate.at(now), milliseconds };
    }
    this.#show(answer);
  }

  #show(answer: LiveAnswer | undefined): void {
    this.answer = answer;
    this.problem = undefined;
    this.#host.requestUpdate();
  }
}

function answerOf(
  model: ModelRecord,
  before: LiveAnswer | undefined,
  next: Classification,
  elapsed: number,
): LiveAnswer | undefined {
  const probabilities = smooth(before?.probabilities, next.probabilities, elapsed);
  const [novelty = 0] = smooth(before && [before.novelty], [next.novelty], elapsed);
  const index = argMax(probabilities);
  const top = model.classes[index];
  const topProbability = probabilities[index];
  if (!top || topProbability === undefined) return undefined;
  const unfamiliar = novelty > 1;
  const sure = topProbability >= SURE && !unfamiliar;
  const heatMap = next.heatMap && smoothMap(before?.heatMap, next.heatMap, elapsed);
  return {
    ...{ model, probabilities, top, topProbability, novelty, unfamiliar, sure },
    ...(heatMap && { heatMap }),
  };
}

/** Only maps that speak for the same class flow into each other. */
function smoothMap(before: HeatMap | undefined, next: HeatMap, elapsed: number): HeatMap {
  const same = before?.classIndex === next.classIndex ? before.values : undefined;
  return { ...next, values: smooth(same, next.values, elapsed) };
}
