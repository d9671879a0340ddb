import type { CloudFrontFunctionEventRequest } from "cf-types";
import type { CompiledReleaseSelect } from "./compiled-release-select.ts";
import { liveReleaseKey, previewKey, previewName } from "./release-keys.ts";

/** Whose release a request is served. */
export type ReleaseDecision =
  | { readonly kind: "live"; readonly key: string }
  | { readonly kind: "preview"; readonly key: string; readonly name: string }
  /** A browser is to ask for previews by cookie from then on, or no longer where the name is empty. */
  | { readonly kind: "enter"; readonly name: string; readonly location: string };

const live: ReleaseDecision = { kind: "live", key: liveReleaseKey };

/** Returns whose release a request is served: the store has it under the key. */
export function decide(
  options: CompiledReleaseSelect,
  request: Pick<CloudFrontFunctionEventRequest, "uri" | "headers" | "cookies">,
): ReleaseDecision {
  const previews = options.previews;
  if (!previews) return live;
  const suffix = previews.hostSuffix;
  const header = request.headers["host"];
  const host = header ? header.value.replace(/:\d*$/, "").toLowerCase() : "";
  if (suffix && host.slice(-suffix.length) === suffix) {
    return previewOf(host.slice(0, -suffix.length));
  }
  const uri = request.uri;
  if (uri.slice(0, previews.entrance.length) === previews.entrance) {
    const rest = uri.slice(previews.entrance.length);
    const name = rest.split("/")[0] || "";
    // More than one slash in front would name another host.
    const path = rest.slice(name.length).replace(/^[/\\]*/, "/");
    return { kind: "enter", name, location: path };
  }
  const cookie = request.cookies[previews.cookie];
  return cookie && cookie.value ? previewOf(cookie.value) : live;
}

/** What is no name is none of the store's. */
function previewOf(name: string): ReleaseDecision {
  return { kind: "preview", key: previewName.test(name) ? previewKey(name) : "", name };
}
