import { maskBody } from "./mask-body.ts";
import type { Masking } from "./masking.ts";

/**
 * Returns a part of an event or of a result with the secrets in its body masked: `data` beside `encoding`, as
 * Lambda@Edge and CloudFront Functions have a body, or a text `body`, also in base64 by `bodyEncoding` or
 * `isBase64Encoded`.
 */
export function maskMessageBody(parsed: unknown, masking: Pick<Masking, "masks">): unknown {
  if (typeof parsed !== "object" || parsed === null) return parsed;
  const part = parsed as Readonly<Record<string, unknown>>;
  const { data, encoding, body, bodyEncoding, isBase64Encoded } = part;
  if (typeof data === "string" && (encoding === "base64" || encoding === "text")) {
    return { ...part, data: maskedText(data, encoding === "base64", masking) };
  }
  if (typeof body !== "string") return parsed;
  const isBase64 = bodyEncoding === "base64" || isBase64Encoded === true;
  return { ...part, body: maskedText(body, isBase64, masking) };
}

function maskedText(text: string, isBase64: boolean, masking: Pick<Masking, "masks">): string {
  if (!isBase64) return maskBody(text, masking, []);
  const decoded = Buffer.from(text, "base64").toString("latin1");
  const masked = maskBody(decoded, masking, []);
  return masked === decoded ? text : Buffer.from(masked, "latin1").toString("base64");
}
