/** Photos of each class from which a first training is worth while. */
export const ENOUGH_PHOTOS = 10;
