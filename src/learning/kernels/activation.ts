/** The activations that the fused kernels support. */
export type Activation = 'linear' | 'relu' | 'relu6';
