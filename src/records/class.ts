/** A class that the user has defined, such as "Cat". Its name may change; its id never does. */
export interface ClassRecord {
  readonly id: string;
  readonly name: string;
  /** Position in all lists; it determines the index of the class in the output of a new model. */
  readonly order: number;
  /** Index into the palette of class colours, 0 to 7. */
  readonly palette: number;
  /**
   * Set if the app gave the name: it follows the language of the app until the library has photos
   * or models, or the person renames the class.
   */
  readonly followsLanguage?: true;
  /**
   * What the class is, of the classes that a base knows (`KnownClass.id`): "Luna" is a `cat`. `null`:
   * none of them. Absent if its name decides.
   */
  readonly known?: string | null;
}

/** Number of logits for a number of classes: a single logit separates two classes. */
export function outputsFor(classes: number): number {
  return classes === 2 ? 1 : classes;
}
