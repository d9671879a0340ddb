/* oxlint-disable max-lines-per-function -- what runs in the sandbox is complete in itself */
import type { GuestHost, GuestRead, GuestState } from "./guest-host.ts";

/** What of the sandbox the module `cloudfront` works with. */
export interface GuestTools {
  readonly state: GuestState;
  readonly read: GuestRead;
  readonly parse: (text: string) => unknown;
  readonly toBytes: (text: string) => Uint8Array;
}

/** Returns the module `cloudfront`. */
export function guestCloudFront(
  host: GuestHost,
  { state, read: readText, parse: parseJson, toBytes }: GuestTools,
  cwt: object,
): object {
  const read = (method: string, store: string, key: string): unknown =>
    parseJson(host.readStore(method, store, key));
  const notAvailable = (): never => {
    throw new TypeError("distributionTenant module is not available");
  };
  const tenant = Object.defineProperties(
    {},
    { id: { get: notAvailable }, parameters: { get: notAvailable } },
  );
  const change = (kind: string, value: unknown): void => {
    if (!state.isViewerRequest) throw new TypeError(`${kind} is not available in viewer-response`);
    host.changeOrigin(kind, JSON.stringify(value) ?? "null");
  };
  const kvs = (id?: unknown): object => {
    const store = id === undefined ? "" : String(id);
    if (read("find", store, "") !== true) {
      throw new Error(
        store === ""
          ? "The function has no associated key value store"
          : `The key value store "${store}" is not associated with the function`,
      );
    }
    return {
      get: async (key: unknown, options: { readonly format?: string } = {}): Promise<unknown> => {
        const value = read("get", store, String(key));
        if (typeof value !== "string") throw new Error("KeyNotFound");
        switch (options.format ?? "string") {
          case "string":
            return value;
          case "json":
            return parseJson(value);
          case "bytes":
            return toBytes(host.convert(value, "utf8", "latin1"));
          default:
            throw new TypeError(`"${options.format}" format is not supported`);
        }
      },
      exists: async (key: unknown): Promise<unknown> => read("exists", store, String(key)),
      meta: async (): Promise<unknown> => read("meta", store, ""),
    };
  };
  return Object.freeze({
    kvs,
    cwt,
    updateRequestOrigin: (origin: unknown) => change("updateRequestOrigin", origin),
    selectRequestOriginById: (originId: unknown, options: unknown) =>
      change("selectRequestOriginById", { originId, options }),
    createRequestOriginGroup: (group: unknown) => change("createRequestOriginGroup", group),
    logCustomData: (data: unknown): void => {
      if (typeof data !== "string")
        throw new TypeError(`logCustomData takes a string: got ${typeof data}`);
      host.logCustomData(data);
    },
    get edgeLocation() {
      return (state.edgeLocation ??= parseJson(readText("edgeLocation")) as object);
    },
    get distributionTenant() {
      return tenant;
    },
  });
}
