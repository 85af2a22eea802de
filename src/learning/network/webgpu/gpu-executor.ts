import type { PictureBatch, PicturePixels } from '../../input/picture-batch.ts';
import type { PassReader } from '../pass-reader.ts';
import type { WantedReadout } from '../readout.ts';
import type { GpuPlace, GpuPlan, GpuStep } from './gpu-plan.ts';
import { mapForReading } from './map-for-reading.ts';
import { projectionOf, readoutOf } from './projection.ts';
import { PassTimer, stampsAfter } from './pass-timer.ts';
import {
  BINDING,
  HEADER_WORDS,
  LAYOUT,
  PICTURE_KIND,
  SHADERS,
  type ShaderName,
} from './shaders.ts';
import { STEP_ALIGNMENT, stepWords } from './step-words.ts';

/** Pictures of one pass, at most: more cost memory and delay a live frame. */
const MOST_PICTURES = 4;
const WORD = 4;

/** A step with everything that a dispatch needs. */
interface PreparedStep {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly workgroups: readonly [number, number];
}

/**
 * Runs a plan on WebGPU: pipelines, buffers and bind groups are made once, and a pass over up to
 * four pictures is one compute pass, one submit and one mapped read.
 */
export class GpuExecutor {
  readonly plan: GpuPlan;
  /** Undefined where the device has no clock. */
  readonly timer: PassTimer | undefined;
  readonly #device: GPUDevice;
  readonly #layout: GPUBindGroupLayout;
  readonly #pipelines = new Map<ShaderName, Promise<GPUComputePipeline>>();
  readonly #capacity: number;
  readonly #input: GPUBuffer;
  readonly #maps: readonly GPUBuffer[];
  /** Of the executor itself; a reader has buffers of its own. */
  readonly #owned: GPUBuffer[] = [];
  /** Buffers for reading that no pass uses. */
  readonly #idle = new Set<GPUBuffer>();
  #steps: readonly PreparedStep[] = [];

  private constructor(device: GPUDevice, plan: GpuPlan) {
    this.plan = plan;
    this.#device = device;
    this.timer = PassTimer.of(device);
    this.#layout = device.createBindGroupLayout({ entries: [...LAYOUT] });
    const largest = Math.max(...plan.buffers, 3 * WORD * plan.side ** 2);
    const fitting = Math.floor(device.limits.maxStorageBufferBindingSize / largest);
    this.#capacity = Math.max(1, Math.min(MOST_PICTURES, fitting));
    const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
    const inputBytes = WORD * (HEADER_WORDS + this.#capacity * 3 * plan.side ** 2);
    this.#input = this.#own(inputBytes, STORAGE | COPY_DST);
    this.#maps = plan.buffers.map((bytes) => this.#own(bytes * this.#capacity, STORAGE | COPY_SRC));
  }

  /**
   * Compiles the shaders of a plan and uploads its weights.
   *
   * @throws GPUPipelineError, or an Error if there is not enough memory
   */
  static async open(device: GPUDevice, plan: GpuPlan): Promise<GpuExecutor> {
    device.pushErrorScope('out-of-memory');
    const executor = new GpuExecutor(device, plan);
    const { weights, steps } = plan;
    const preparing = executor.#prepare(steps, weights);
    // Awaited below; this handler only prevents an unhandled rejection until then.
    preparing.catch(() => undefined);
    const outOfMemory = await device.popErrorScope();
    try {
      if (outOfMemory) throw new Error(outOfMemory.message);
      const { steps: prepared, buffers } = await preparing;
      executor.#owned.push(...buffers);
      executor.#steps = prepared;
      return executor;
    } catch (thrown) {
      executor.dispose();
      throw thrown;
    }
  }

  /** The output for each picture, `[pictures, ...plan.outputShape]`. */
  map(batch: PictureBatch): Promise<Float32Array> {
    const { buffer, places, channels } = this.plan.output;
    return this.#readAll(batch, this.#steps, this.#maps[buffer]!, places * channels);
  }

  /** Makes a reader of the features, and of more if wanted. */
  async reader(wanted: WantedReadout): Promise<PassReader> {
    const { outputShape: mapShape } = this.plan;
    const { output, kept } = this.plan;
    const maps = { output, kept: wanted.further ? kept : [] };
    const projection = projectionOf(maps, this.#maps.length, wanted);
    const { STORAGE, COPY_SRC } = GPUBufferUsage;
    const projected = this.#create(
      Math.max(STEP_ALIGNMENT, this.#capacity * projection.projectedBytes),
      STORAGE,
    );
    const result = this.#create(this.#capacity * WORD * projection.stride, STORAGE | COPY_SRC);
    const { steps, buffers } = await this.#prepare(projection.steps, projection.weights, {
      projected,
      result,
    });
    const all = [...this.#steps, ...steps];
    return {
      read: async (batch) => ({
        mapShape,
        ...readoutOf(await this.#readAll(batch, all, result, projection.stride), projection),
      }),
      dispose: () => {
        for (const buffer of [projected, result, ...buffers]) buffer.destroy();
      },
    };
  }

  /** Bytes of its buffers on the device. */
  get bytes(): number {
    return this.#owned.reduce((sum, { size }) => sum + size, 0);
  }

  dispose(): void {
    for (const buffer of [...this.#owned, ...this.#idle]) buffer.destroy();
    this.timer?.dispose();
    this.#idle.clear();
  }

  /** Runs the steps for all pictures and reads `length` floats for each from a buffer. */
  async #readAll(
    { pictures }: PictureBatch,
    steps: readonly PreparedStep[],
    from: GPUBuffer,
    length: number,
  ): Promise<Float32Array> {
    const all = new Float32Array(pictures.length * length);
    const passes = this.#chunks(pictures).map(async ({ chunk, from: first }) => {
      const bytes = WORD * length * chunk.length;
      const timed = this.timer?.next();
      const stampsAt = stampsAfter(bytes);
      const most = stampsAfter(WORD * length * this.#capacity);
      const staging = this.#stagingBuffer(most + (this.timer?.bytes ?? 0));
      const encoder = this.#encode(chunk, steps, timed?.writes);
      encoder.copyBufferToBuffer(from, 0, staging, 0, bytes);
      timed?.copyTo(encoder, staging, stampsAt);
      this.#device.queue.submit([encoder.finish()]);
      const read = timed ? stampsAt + this.timer!.bytes : bytes;
      await mapForReading(this.#device, staging, read);
      timed?.read(staging, stampsAt, chunk.length);
      all.set(new Float32Array(staging.getMappedRange(0, bytes)), first * length);
      staging.unmap();
      this.#idle.add(staging);
    });
    await Promise.all(passes);
    return all;
  }

  #encode(
    pictures: readonly PicturePixels[],
    steps: readonly PreparedStep[],
    timestampWrites?: GPUComputePassTimestampWrites,
  ): GPUCommandEncoder {
    this.#write(pictures);
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass(timestampWrites && { timestampWrites });
    let current: GPUComputePipeline | undefined;
    for (const { pipeline, bindings, workgroups } of steps) {
      if (pipeline !== current) pass.setPipeline((current = pipeline));
      pass.setBindGroup(0, bindings);
      pass.dispatchWorkgroups(...workgroups, pictures.length);
    }
    pass.end();
    return encoder;
  }

  /** Puts pictures into the queue, before the pass that reads them. */
  #write(pictures: readonly PicturePixels[]): void {
    const { queue } = this.#device;
    const kinds = pictures.map((picture) => {
      if ('rgb' in picture) return PICTURE_KIND.floats;
      return picture.flip ? PICTURE_KIND.mirroredBytes : PICTURE_KIND.bytes;
    });
    queue.writeBuffer(this.#input, 0, Uint32Array.from(kinds));
    pictures.forEach((picture, index) => {
      const at = WORD * (HEADER_WORDS + index * 3 * this.plan.side ** 2);
      const pixels = 'rgb' in picture ? picture.rgb : picture.rgba;
      queue.writeBuffer(this.#input, at, pixels as BufferSource);
    });
  }

  #chunks(pictures: readonly PicturePixels[]) {
    const count = Math.ceil(pictures.length / this.#capacity);
    return Array.from({ length: count }, (_, index) => {
      const from = index * this.#capacity;
      return { from, chunk: pictures.slice(from, from + this.#capacity) };
    });
  }

  /** @param of where the steps find what is not the executor's own */
  async #prepare(
    steps: readonly GpuStep[],
    values: Float32Array<ArrayBuffer>,
    of: { readonly projected?: GPUBuffer; readonly result?: GPUBuffer } = {},
  ): Promise<{ steps: readonly PreparedStep[]; buffers: readonly GPUBuffer[] }> {
    const { STORAGE, UNIFORM, COPY_DST } = GPUBufferUsage;
    const weights = this.#create(Math.max(16, values.byteLength), STORAGE | COPY_DST);
    this.#device.queue.writeBuffer(weights, 0, values);
    const words = stepWords(steps);
    const numbers = this.#create(words.byteLength, UNIFORM | COPY_DST);
    this.#device.queue.writeBuffer(numbers, 0, words);
    const bufferOf = (place: GpuPlace) => {
      if (place === 'input') return this.#input;
      return (place === 'result' ? of.result : (this.#maps[place] ?? of.projected))!;
    };
    const prepared = await Promise.all(
      steps.map(async ({ shader, source, target, addend, workgroups }, index) => ({
        pipeline: await this.#pipeline(shader),
        bindings: this.#bind({
          step: { buffer: numbers, offset: index * STEP_ALIGNMENT, size: STEP_ALIGNMENT },
          weights: { buffer: weights },
          source: { buffer: bufferOf(source) },
          target: { buffer: bufferOf(target) },
          addend: { buffer: addend === undefined ? weights : bufferOf(addend) },
        }),
        workgroups,
      })),
    );
    return { steps: prepared, buffers: [weights, numbers] };
  }

  #pipeline(shader: ShaderName): Promise<GPUComputePipeline> {
    const compiling =
      this.#pipelines.get(shader) ??
      this.#device.createComputePipelineAsync({
        layout: this.#device.createPipelineLayout({ bindGroupLayouts: [this.#layout] }),
        compute: { module: this.#device.createShaderModule({ code: SHADERS[shader] }) },
      });
    this.#pipelines.set(shader, compiling);
    return compiling;
  }

  #bind(resources: Readonly<Record<keyof typeof BINDING, GPUBindingResource>>): GPUBindGroup {
    const names = Object.keys(BINDING) as (keyof typeof BINDING)[];
    return this.#device.createBindGroup({
      layout: this.#layout,
      entries: names.map((name) => ({ binding: BINDING[name], resource: resources[name] })),
    });
  }

  #stagingBuffer(size: number): GPUBuffer {
    const idle = [...this.#idle].find((buffer) => buffer.size === size);
    if (idle) this.#idle.delete(idle);
    return idle ?? this.#create(size, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  }

  #own(size: number, usage: number): GPUBuffer {
    const buffer = this.#create(size, usage);
    this.#owned.push(buffer);
    return buffer;
  }

  #create(size: number, usage: number): GPUBuffer {
    return this.#device.createBuffer({ size, usage });
  }
}
