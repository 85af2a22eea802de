/** The minimum: with one class there is nothing to classify. */
export const FEWEST_CLASSES = 2;
/** The maximum: the number of class colours that can be distinguished; see app/theme.css. */
export const MOST_CLASSES = 8;
