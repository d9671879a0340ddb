import type { HttpRequest } from "../http/http-message.ts";

/** Whether a browser will show the response as a page; programs get what CloudFront sends, whatever they accept. */
export function isNavigation({ method, headers }: HttpRequest): boolean {
  const destination = headers["sec-fetch-dest"]?.[0]?.value;
  return method === "GET" && (destination === "document" || destination === "iframe");
}
