import { LocalCloudFrontError } from "../local-cloudfront-error.ts";

/**
 * Returns what is read, or undefined where reading it is refused: a fault in a resource that
 * nothing refers to must not keep the ones that are looked for from being found.
 */
export function unlessRefused<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof LocalCloudFrontError) return undefined;
    throw error;
  }
}
