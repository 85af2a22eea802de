/** Largest time value of a `Date`, in milliseconds; ECMA-262, Time Values and Time Range. */
export const MAX_DATE_MS = 8.64e15;
