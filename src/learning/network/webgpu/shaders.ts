/**
 * The shaders of a plan on WebGPU. Maps are `[height, width, channels]`, channels in groups of four
 * (`vec4f`), one picture after another; the z of an invocation is the picture. All shaders share one
 * bind group layout, so one pass runs them all.
 */

/** What each invocation reads or writes, by binding. */
export const BINDING = { step: 0, weights: 1, source: 2, target: 3, addend: 4 } as const;

/** What the shaders find at these places. */
export const LAYOUT: readonly GPUBindGroupLayoutEntry[] = (
  [
    ['step', 'uniform'],
    ['weights', 'read-only-storage'],
    ['source', 'read-only-storage'],
    ['target', 'storage'],
    ['addend', 'read-only-storage'],
  ] as const
).map(([name, type]) => ({
  binding: BINDING[name],
  visibility: 4 satisfies typeof GPUShaderStage.COMPUTE,
  buffer: { type },
}));

/** The numbers of a step; those that its shader does not read may be left out. */
export type StepNumbers = Partial<Record<(typeof STEP_FIELDS)[number], number>>;

export type ShaderName = keyof typeof SHADERS;

/** Rows of a map that one invocation of the 1x1 convolution computes. */
export const TILE_ROWS = 4;
/** Invocations of a workgroup, along channels and along places. */
export const WORKGROUP = { x: 8, y: 8 } as const;
/** Invocations of a workgroup of the shaders that reduce. */
export const REDUCING_WORKGROUP = 64;

/** Words before the pictures: one of `PICTURE_KIND` for each picture. */
export const HEADER_WORDS = 8;
/** How a picture lies in the input. */
export const PICTURE_KIND = { bytes: 0, mirroredBytes: 1, floats: 2 } as const;

/**
 * The parameters of a step, in the order of `STEP_FIELDS`. Offsets and strides
 * are in the units of the array that they index.
 */
export const STEP_FIELDS = [
  'rows',
  'columns',
  'depth',
  'weights',
  'bias',
  'sourceStride',
  'targetStride',
  'targetOffset',
  'height',
  'width',
  'outWidth',
  'stride',
  'above',
  'before',
  'kernel',
  'low',
  'high',
  'addendStride',
  'anchors',
  'known',
] as const;
/** The fields that are floats; all others are unsigned integers. */
export const FLOATS: ReadonlySet<string> = new Set(['low', 'high']);

const STEP = /* wgsl */ `
  struct Step { ${STEP_FIELDS.map((name) => `${name}: ${FLOATS.has(name) ? 'f32' : 'u32'}`).join(', ')} }
  @group(0) @binding(${BINDING.step}) var<uniform> op: Step;
  @group(0) @binding(${BINDING.weights}) var<storage, read> weights: array<vec4f>;
  fn bounded(value: vec4f) -> vec4f { return clamp(value, vec4f(op.low), vec4f(op.high)); }
`;

const MAPS = /* wgsl */ `
  ${STEP}
  @group(0) @binding(${BINDING.source}) var<storage, read> source: array<vec4f>;
  @group(0) @binding(${BINDING.target}) var<storage, read_write> result: array<vec4f>;
  @group(0) @binding(${BINDING.addend}) var<storage, read> addend: array<vec4f>;
`;

/**
 * Moves a square filter over a map; an invocation computes four channels of one place.
 *
 * @param before statements before the first tap
 * @param tap adds to `sum` what the tap `down`, `across` reads at `row` and `x`, which are in the map
 */
function filtered(before: string, tap: string): string {
  return /* wgsl */ `
  @compute @workgroup_size(${WORKGROUP.x}, ${WORKGROUP.y})
  fn main(@builtin(global_invocation_id) id: vec3u) {
    let column = id.x;
    let place = id.y;
    if (column >= op.columns || place >= op.rows) { return; }
    let top = i32((place / op.outWidth) * op.stride) - i32(op.above);
    let left = i32((place % op.outWidth) * op.stride) - i32(op.before);
    ${before}
    var sum = weights[op.bias + column];
    for (var down = 0u; down < op.kernel; down++) {
      let row = top + i32(down);
      if (row < 0 || row >= i32(op.height)) { continue; }
      for (var across = 0u; across < op.kernel; across++) {
        let x = left + i32(across);
        if (x < 0 || x >= i32(op.width)) { continue; }
        ${tap}
      }
    }
    result[id.z * op.targetStride + place * op.columns + column] = bounded(sum);
  }`;
}

/** A convolution of the pictures: bytes or floats, mirrored or not, converted to the input's range. */
const FIRST = /* wgsl */ `
  ${STEP}
  @group(0) @binding(${BINDING.source}) var<storage, read> pixels: array<u32>;
  @group(0) @binding(${BINDING.target}) var<storage, read_write> result: array<vec4f>;

  fn pixel(picture: u32, row: u32, column: u32) -> vec3f {
    let kind = pixels[picture];
    let start = ${HEADER_WORDS}u + picture * op.sourceStride;
    if (kind == ${PICTURE_KIND.floats}u) {
      let at = start + 3u * (row * op.width + column);
      return vec3f(bitcast<f32>(pixels[at]), bitcast<f32>(pixels[at + 1u]), bitcast<f32>(pixels[at + 2u]));
    }
    let across = select(column, op.width - 1u - column, kind == ${PICTURE_KIND.mirroredBytes}u);
    let rgba = pixels[start + row * op.width + across];
    return vec3f(vec3u(rgba, rgba >> 8u, rgba >> 16u) & vec3u(255u));
  }

  ${filtered(
    `let scale = weights[0].xyz;
    let shift = weights[1].xyz;`,
    `let rgb = pixel(id.z, u32(row), u32(x)) * scale + shift;
        let at = op.weights + (down * op.kernel + across) * 3u * op.columns + column;
        sum += rgb.x * weights[at];
        sum += rgb.y * weights[at + op.columns];
        sum += rgb.z * weights[at + 2u * op.columns];`,
  )}
`;

/** A 1x1 convolution; an invocation computes four channels of four places. */
const pointwise = (adds: boolean): string => {
  const rows = Array.from({ length: TILE_ROWS }, (_, row) => row);
  const each = (line: (row: number) => string) => rows.map(line).join('\n');
  return /* wgsl */ `
  ${MAPS}

  @compute @workgroup_size(${WORKGROUP.x}, ${WORKGROUP.y})
  fn main(@builtin(global_invocation_id) id: vec3u) {
    let column = id.x;
    let first = id.y * ${TILE_ROWS}u;
    if (column >= op.columns || first >= op.rows) { return; }
    let last = op.rows - 1u;
    let start = id.z * op.sourceStride;
    ${each(
      (row) => `
    let row${row} = min(first + ${row}u, last);
    let from${row} = start + row${row} * op.depth;
    var sum${row} = weights[op.bias + column];`,
    )}
    var at = op.weights + column;
    for (var k = 0u; k < op.depth; k++) {
      let w0 = weights[at];
      let w1 = weights[at + op.columns];
      let w2 = weights[at + 2u * op.columns];
      let w3 = weights[at + 3u * op.columns];
      at += 4u * op.columns;
      ${each(
        (row) => `
      let x${row} = source[from${row} + k];
      sum${row} += x${row}.x * w0 + x${row}.y * w1 + x${row}.z * w2 + x${row}.w * w3;`,
      )}
    }
    let to = id.z * op.targetStride + op.targetOffset + column;
    ${each(
      (row) => `
    if (first + ${row}u <= last) {
      ${adds ? `sum${row} += addend[id.z * op.addendStride + row${row} * op.columns + column];` : ''}
      result[to + row${row} * op.columns] = bounded(sum${row});
    }`,
    )}
  }
`;
};

/** A depthwise convolution. */
const DEPTHWISE = /* wgsl */ `
  ${MAPS}

  ${filtered(
    'let start = id.z * op.sourceStride + column;',
    `sum += source[start + (u32(row) * op.width + u32(x)) * op.columns]
          * weights[op.weights + (down * op.kernel + across) * op.columns + column];`,
  )}
`;

/** The sum of two maps. */
const ADD = /* wgsl */ `
  ${MAPS}

  @compute @workgroup_size(${REDUCING_WORKGROUP})
  fn main(@builtin(global_invocation_id) id: vec3u) {
    if (id.x >= op.rows) { return; }
    result[id.z * op.targetStride + id.x] =
      source[id.z * op.sourceStride + id.x] + addend[id.z * op.addendStride + id.x];
  }
`;

/** Global average pooling; an invocation computes four channels. */
const POOL = /* wgsl */ `
  ${MAPS}

  @compute @workgroup_size(${REDUCING_WORKGROUP})
  fn main(@builtin(global_invocation_id) id: vec3u) {
    let column = id.x;
    if (column >= op.columns) { return; }
    let start = id.z * op.sourceStride + column;
    var sum = vec4f(0);
    for (var place = 0u; place < op.rows; place++) {
      sum += source[start + place * op.columns];
    }
    result[id.z * op.targetStride + op.targetOffset + column] = sum / f32(op.rows);
  }
`;

/**
 * Reduces the projection of some places: for each of the first `known` results the log-sum-exp or the
 * mean over its anchors and `rows` places; the results after those have one column each. In y is the
 * group of places: all of them together, or each one alone.
 */
const reduceAnchors = (mean: boolean): string => /* wgsl */ `
  ${STEP}
  @group(0) @binding(${BINDING.source}) var<storage, read> source: array<f32>;
  @group(0) @binding(${BINDING.target}) var<storage, read_write> result: array<f32>;

  @compute @workgroup_size(${REDUCING_WORKGROUP})
  fn main(@builtin(global_invocation_id) id: vec3u) {
    if (id.x >= op.outWidth) { return; }
    let isKnown = id.x < op.known;
    let anchors = select(1u, op.anchors, isKnown);
    let column = select(op.known * op.anchors + id.x - op.known, id.x * op.anchors, isKnown);
    let start = id.z * op.sourceStride + id.y * op.rows * op.columns + column;
    var sum = 0.0;
    ${
      mean
        ? ''
        : `var most = source[start];
    for (var row = 0u; row < op.rows; row++) {
      for (var anchor = 0u; anchor < anchors; anchor++) {
        most = max(most, source[start + row * op.columns + anchor]);
      }
    }`
    }
    for (var row = 0u; row < op.rows; row++) {
      for (var anchor = 0u; anchor < anchors; anchor++) {
        let logit = source[start + row * op.columns + anchor];
        sum += ${mean ? 'logit' : 'exp(logit - most)'};
      }
    }
    result[id.z * op.targetStride + op.targetOffset + id.y * op.outWidth + id.x] =
      ${mean ? 'sum / f32(op.rows * anchors)' : 'most + log(sum)'};
  }
`;

/** The code of each shader. */
export const SHADERS = {
  first: FIRST,
  pointwise: pointwise(false),
  pointwiseAdd: pointwise(true),
  depthwise: DEPTHWISE,
  add: ADD,
  pool: POOL,
  meanOfAnchors: reduceAnchors(true),
  logSumExpOfAnchors: reduceAnchors(false),
} as const;
