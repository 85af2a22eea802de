/** The activations that fused kernels know. */
export type Activation = 'linear' | 'relu' | 'relu6';
