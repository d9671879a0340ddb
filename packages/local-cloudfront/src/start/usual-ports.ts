/** The inspector's, unless it is told another. */
export const usualInspectorPort = 8788;

/** The viewers', unless they are told another: the usual one, and those that are tried where it is taken. */
export const viewerPorts: readonly [number, ...number[]] = [
  8787,
  ...Array.from({ length: 20 }, (_, index) => usualInspectorPort + 1 + index),
];
