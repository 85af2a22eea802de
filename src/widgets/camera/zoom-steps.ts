import { intlTag } from '../../i18n/language.ts';

/** The steps that camera apps have taught people to look for. */
const STEPS = [0.5, 1, 2, 5, 10];

const oneDigit = new Intl.NumberFormat(intlTag(), { maximumFractionDigits: 1 });

/** Zoom levels to offer as buttons: those that lie in the range; none where it has but one. */
export function zoomSteps({ min, max }: { readonly min: number; readonly max: number }): number[] {
  const steps = STEPS.filter((step) => step >= min && step <= max);
  return steps.length > 1 ? steps : [];
}

/** 2.04 as "2×", in the person's own way of writing numbers. */
export function times(level: number): string {
  return `${oneDigit.format(level)}×`;
}
