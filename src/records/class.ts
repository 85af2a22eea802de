/** A thing to tell apart, such as "Cat". Its id never changes; its name may. */
export interface ClassRecord {
  readonly id: string;
  readonly name: string;
  /** Place in every list, and so the index of the class in a model's output. */
  readonly order: number;
  /** Index into the class colours of `ui/theme`. */
  readonly palette: number;
}
