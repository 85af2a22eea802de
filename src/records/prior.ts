/** A known class of the base that a class of a model was matched with. */
export interface MatchedClass {
  /** As `KnownClass.id`. */
  readonly id: string;
  /** Index in `KnownClasses.classes` of the base. */
  readonly index: number;
}

/**
 * A fixed part of a model's logits, from what the base knows. To the output of the dense layer, it
 * adds `strength` times the logit of the class's known class, with two classes the difference
 * (second minus first); a class without a known class adds 0. The logits of the known classes are
 * those of `KnownClassPredictor`, with the weights `known/kernel` `[featureLength, known *
 * anchors]` and `known/bias` `[known * anchors]`, where `known` counts the different known classes
 * in the order in which they first stand in `classes`. With several `askedVariants` their mean is
 * added.
 */
export interface Prior {
  /** Factor of the logits of the known classes, 0 or more. */
  readonly strength: number;
  /** Outputs for each known class and place, 1 or more: as `KnownClasses.anchors`. */
  readonly anchors: number;
  /** As `KnownClasses.pooling`. */
  readonly pooling: 'log-sum-exp' | 'mean';
  /** One per class of the model; `null` for a class without a known class. */
  readonly classes: readonly (MatchedClass | null)[];
  /** As `KnownClasses.present` for the input size; absent if the base does not say. */
  readonly presentFrom?: number;
}

/** How well a strength of the prior did in the cross-validation on the training photos. */
export interface PriorTrial {
  /** As `Prior.strength`; 0: a head alone. */
  readonly strength: number;
  /** As `Hyperparameters.l2`. */
  readonly l2: number;
  /** Mean cross-entropy of photos that the heads did not learn from, in nats. */
  readonly loss: number;
}

/** How the strength of a prior was chosen; see `training/choose-strength.ts`. */
export interface PriorChoice {
  /** Ids of the known classes, one per class of the model; `null` for a class without one. */
  readonly known: readonly (string | null)[];
  readonly trials: readonly PriorTrial[];
  /** Number of photos that were predicted. */
  readonly count: number;
}
