import type { HttpRequest } from "../http/http-message.ts";

/** Whether a browser will show the response as a page: other viewers get what CloudFront sends. */
export function isNavigation({ method, headers }: HttpRequest): boolean {
  if (method !== "GET") return false;
  const destination = headers["sec-fetch-dest"]?.[0]?.value;
  if (destination !== undefined) return destination === "document" || destination === "iframe";
  return headers["accept"]?.some(({ value }) => value.includes("text/html")) === true;
}
