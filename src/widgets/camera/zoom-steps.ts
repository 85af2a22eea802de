import { intlTag } from '../../i18n/language.ts';

/** Zoom levels that are common in camera apps. */
const STEPS = [0.5, 1, 2, 5, 10];

const oneDigit = new Intl.NumberFormat(intlTag(), { maximumFractionDigits: 1 });

/** Zoom levels to offer as buttons: the common ones in the range, or none if there is only one. */
export function zoomSteps({ min, max }: { readonly min: number; readonly max: number }): number[] {
  const steps = STEPS.filter((step) => step >= min && step <= max);
  return steps.length > 1 ? steps : [];
}

/** 2.04 as "2×", with the number format of the language. */
export function times(level: number): string {
  return `${oneDigit.format(level)}×`;
}
