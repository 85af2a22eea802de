/** What stands for each byte of a file's name in an unknown code page. */
export const UNKNOWN_LETTER = '\ufffd';
