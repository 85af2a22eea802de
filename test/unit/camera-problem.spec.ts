import { expect, test } from '@playwright/test';
import {
  cameraAdvice,
  cameraProblem,
  missingCameraApi,
  newCameraProblem,
  type CameraProblemKind,
} from '../../src/camera/camera-problem.ts';

const NAMES: readonly (readonly [name: string, kind: CameraProblemKind])[] = [
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotFoundError', 'none'],
  ['NotReadableError', 'busy'],
  ['OverconstrainedError', 'constraint'],
  ['AbortError', 'aborted'],
  ['TypeError', 'unexpected'],
];

for (const [name, kind] of NAMES) {
  test(`${name} is a camera problem of the kind ${kind}`, () => {
    const thrown = new DOMException('what the browser said', name);
    const problem = cameraProblem(thrown);
    expect(problem.kind).toBe(kind);
    expect(problem.detail).toContain('what the browser said');
  });
}

test('who refused stands in Chromium’s words', () => {
  const kind = (message: string) =>
    cameraProblem(new DOMException(message, 'NotAllowedError')).kind;
  expect(kind('Permission denied')).toBe('denied');
  expect(kind('Permission dismissed')).toBe('dismissed');
  expect(kind('Permission denied by system')).toBe('blocked');
});

test('what is no error at all is an unexpected problem', () => {
  expect(cameraProblem('odd').kind).toBe('unexpected');
});

test('every kind has a title and a way out of its own', () => {
  const kinds = [...new Set(NAMES.map(([, kind]) => kind))].concat([
    'insecure',
    'unsupported',
    'ended',
    'timeout',
    'slow',
    'dismissed',
    'blocked',
  ]);
  const advice = kinds.map(cameraAdvice);
  expect(new Set(advice.map(({ title }) => title)).size).toBe(kinds.length);
  expect(new Set(advice.map(({ wayOut }) => wayOut)).size).toBe(kinds.length);
  for (const kind of kinds) {
    expect(newCameraProblem(kind).message).toBe(`${cameraAdvice(kind).title}.`);
  }
});

test('a window without the camera API says whether its address or the browser is to blame', () => {
  expect(missingCameraApi(true, true)).toBeUndefined();
  expect(missingCameraApi(false, false)?.kind).toBe('insecure');
  expect(missingCameraApi(false, true)?.kind).toBe('unsupported');
});
