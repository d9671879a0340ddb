/** The inspector's, unless another is given. */
export const usualInspectorPort = 8788;

/** The viewers', unless another is given: the usual one, and those that are tried where it is taken. */
export const viewerPorts: readonly [number, ...number[]] = [
  8787,
  ...Array.from({ length: 20 }, (_, index) => usualInspectorPort + 1 + index),
];
