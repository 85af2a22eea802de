import { intlTag } from './language.ts';

/** A size in megabytes in the user's language, such as "4.6 MB" or "130 MB". */
export function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  const maximumFractionDigits = value < 10 ? 1 : 0;
  const unit = { style: 'unit', unit: 'megabyte', maximumFractionDigits } as const;
  return new Intl.NumberFormat(intlTag(), unit).format(value);
}
