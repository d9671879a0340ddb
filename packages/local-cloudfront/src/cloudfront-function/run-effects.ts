import type {
  CloudFrontFunctionInvocation,
  KeyValueStoreRead,
  OriginChange,
} from "./cloudfront-function.ts";
import { partOf, type InvocationText } from "./invocation-event.ts";
import type { KeyValueStore } from "./key-value-store.ts";
import { readOriginChange } from "./read-origin-change.ts";

/** What one run reads, and leaves behind beside its result. */
export class RunEffects {
  readonly logs: string[] = [];
  readonly reads: KeyValueStoreRead[] = [];
  /** JSON texts. */
  readonly memberResults: string[] = [];
  originChange: OriginChange | undefined;
  customLogData: string | undefined;
  readonly #stores: readonly KeyValueStore[];
  readonly #invocation: CloudFrontFunctionInvocation;

  constructor(stores: readonly KeyValueStore[], invocation: CloudFrontFunctionInvocation) {
    this.#stores = stores;
    this.#invocation = invocation;
  }

  /** Returns JSON text, empty where there is none. */
  readText(name: InvocationText): string {
    const { event, nowMs, rawQueryString, edgeLocation } = this.#invocation;
    if (name === "now") return String(nowMs);
    if (name === "rawQueryString") return JSON.stringify(rawQueryString) ?? "";
    if (name !== "edgeLocation") return partOf(event, name);
    return event.eventType === "viewer-request" ? JSON.stringify(edgeLocation ?? {}) : "{}";
  }

  log(text: string): void {
    this.logs.push(text);
  }

  /** The last call counts (FN-I-59). */
  logCustomData(data: string): void {
    this.customLogData = data;
  }

  memberReturned(result: string): void {
    this.memberResults.push(result);
  }

  changeOrigin(kind: string, json: string): void {
    this.originChange = readOriginChange(kind, json);
  }

  /** Returns JSON text. */
  readStore(method: string, id: string, key: string): string {
    const store =
      id === "" ? this.#stores[0] : this.#stores.find((each) => each.id === id || each.name === id);
    if (method === "find" || store === undefined) return String(store !== undefined);
    if (method === "meta") {
      this.reads.push({ store: store.name, method, key: undefined, found: true });
      return JSON.stringify(store.atEdge.meta());
    }
    const value = store.atEdge.get(key);
    const found = value !== undefined;
    const read = method === "exists" ? "exists" : "get";
    this.reads.push({ store: store.name, method: read, key, found });
    return read === "exists" ? String(found) : JSON.stringify(value ?? null);
  }
}
