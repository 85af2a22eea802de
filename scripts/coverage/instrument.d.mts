import type { FileCoverageData } from 'istanbul-lib-coverage';

export function measuredName(file: string): string | undefined;

export function instrument(
  source: string,
  name: string,
): { readonly code: string; readonly coverage: FileCoverageData };
