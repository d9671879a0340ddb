/* oxlint-disable max-lines-per-function -- what runs in the sandbox is complete in itself */
import type { EventPart } from "../invocation-event.ts";
import type { GuestRead } from "./guest-host.ts";

/** Makes events, and finds what a handler changed of one. */
export interface GuestEvents {
  /**
   * @param head JSON text of an event, in which `0` stands for each part that is made when it is first read; or a list
   *   of the two texts or numbers that the message of an event of CloudFront's own begins with
   */
  make(head: string, isViewerRequest: boolean): object;
  /**
   * Returns what was set of the event's own message, as `ResultChanges` in JSON; undefined where `result` is something
   * else, or has other members.
   */
  changesOf(result: unknown): string | undefined;
}

/**
 * Returns what makes events. Most handlers read little of an event and set a few headers: to take all of it into the
 * sandbox, through `JSON.parse` and back, costs several times what such a handler does.
 */
export function guestEvents(
  read: GuestRead,
  parse: (text: string) => unknown,
  stringify: (value: unknown) => string,
): GuestEvents {
  type Values = Record<string, unknown>;
  const { assign, create, defineProperty, getOwnPropertyDescriptor, keys, preventExtensions } =
    Object;
  const { setPrototypeOf } = Object;
  const { ownKeys } = Reflect;
  const ProxyClass = Proxy;
  const rawQueryString = (): unknown => {
    const text = read("rawQueryString");
    return text === "" ? undefined : parse(text);
  };
  const requestPrototype = create(Object.prototype, {
    rawQueryString: { value: rawQueryString, writable: true, configurable: true },
  }) as object;

  const put = (values: Values, key: string, value: unknown): void => {
    if (key !== "__proto__") values[key] = value;
    else
      defineProperty(values, key, { value, writable: true, enumerable: true, configurable: true });
  };

  /** An object that stays empty until a handler looks into it: what is only written needs no reading. */
  class Part implements ProxyHandler<Values> {
    readonly name: EventPart;
    readonly values: Values = {};
    isRead = false;
    written: Values | undefined = undefined;
    constructor(name: EventPart) {
      this.name = name;
    }
    set(values: Values, key: string | symbol, value: unknown): boolean {
      if (typeof key !== "string" || key === "__proto__") filled(this)[key as string] = value;
      else if (this.written !== undefined) this.written[key] = value;
      else {
        this.written = { [key]: value };
        touched.push(this.name);
      }
      return true;
    }
    get(_: Values, key: string): unknown {
      return filled(this)[key];
    }
    has(_: Values, key: string): boolean {
      return key in filled(this);
    }
    ownKeys(): (string | symbol)[] {
      return ownKeys(filled(this));
    }
    deleteProperty(_: Values, key: string): boolean {
      return delete filled(this)[key];
    }
    getOwnPropertyDescriptor(_: Values, key: string): PropertyDescriptor | undefined {
      return getOwnPropertyDescriptor(filled(this), key);
    }
    defineProperty(_: Values, key: string, descriptor: PropertyDescriptor): boolean {
      defineProperty(filled(this), key, descriptor);
      return true;
    }
    setPrototypeOf(_: Values, prototype: object): boolean {
      setPrototypeOf(filled(this), prototype);
      return true;
    }
    preventExtensions(): boolean {
      preventExtensions(filled(this));
      return true;
    }
  }
  const filled = (part: Part): Values => {
    const { values, written = {} } = part;
    if (part.name === "request") setPrototypeOf(values, requestPrototype);
    const parsed = parse(read(part.name)) as Values;
    for (const key of keys(parsed)) put(values, key, parsed[key]);
    for (const key of keys(written)) put(values, key, written[key]);
    part.isRead = true;
    touched.push(part.name);
    // Without its methods, a proxy is its target.
    setPrototypeOf(part, null);
    return values;
  };

  const parts = {} as Record<EventPart, Part>;
  /** Beside the parts, which they refer to: a cycle would wait for the engine's garbage collector. */
  const proxies = {} as Record<EventPart, object>;
  /** Those that no handler has looked into serve the next event, too. */
  const touched: EventPart[] = [
    "context",
    "viewer",
    "request",
    "querystring",
    "headers",
    "cookies",
  ];
  const renewTouched = (): void => {
    while (touched.length > 0) {
      const name = touched.pop() as EventPart;
      const before = parts[name] as Part | undefined;
      if (before?.isRead === false) {
        before.written = undefined;
        continue;
      }
      const part = new Part(name);
      parts[name] = part;
      proxies[name] = new ProxyClass(part.values, part);
    }
  };
  const fill = (object: Values, names: readonly EventPart[]): void => {
    for (const name of names) if (object[name] === 0) object[name] = proxies[name];
  };
  const requestNames = ["method", "uri", "querystring", "headers", "cookies"];
  const responseNames = ["statusCode", "statusDescription", "headers", "cookies"];
  /** The members that the message begins with, and their values. */
  let names: readonly string[] = requestNames;
  let fields: Values = {};
  let message: Values = {};
  return {
    make(head, isViewerRequest) {
      renewTouched();
      // The shape of each event that a viewer causes. Iterators, of `[a, b] = c` too, are slow in the sandbox's engine.
      if (head.startsWith("[")) {
        const given = parse(head) as readonly unknown[];
        const first = given[0];
        const second = given[1];
        const { context, viewer, request, querystring, headers, cookies } = proxies;
        if (!isViewerRequest) {
          names = responseNames;
          fields = { statusCode: first, statusDescription: second, headers, cookies };
          message = { statusCode: first, statusDescription: second, headers, cookies };
          return { version: "1.0", context, viewer, request, response: message };
        }
        names = requestNames;
        fields = { method: first, uri: second, querystring, headers, cookies };
        message = { method: first, uri: second, querystring, headers, cookies };
        setPrototypeOf(message, requestPrototype);
        return { version: "1.0", context, viewer, request: message };
      }
      const event = parse(head) as Values;
      fill(event, ["context", "viewer", "request"]);
      message = (event[isViewerRequest ? "request" : "response"] ?? {}) as Values;
      fill(message, ["querystring", "headers", "cookies"]);
      names = keys(message);
      fields = assign({}, message);
      if (isViewerRequest) setPrototypeOf(message, requestPrototype);
      return event;
    },
    changesOf(result) {
      if (result !== message || "toJSON" in message) return undefined;
      if (keys(message).length !== names.length) return undefined;
      // Texts are put together here: of objects, the engine's JSON takes twice as long.
      let set = "";
      let added = "";
      for (let index = 0; index < names.length; index += 1) {
        const name = names[index] as string;
        const value = message[name];
        if (value !== fields[name]) {
          if (typeof value !== "string" && typeof value !== "number") return undefined;
          set += `,${stringify(name)}:${stringify(value)}`;
        } else if (typeof value === "object") {
          const part = parts[name as EventPart];
          const changed = part.isRead ? part.values : part.written;
          if (changed === undefined) continue;
          if ("toJSON" in changed) return undefined;
          const text = `,${stringify(name)}:${stringify(changed)}`;
          if (part.isRead) set += text;
          else added += text;
        }
      }
      return `{"set":{${set.slice(1)}},"added":{${added.slice(1)}}}`;
    },
  };
}
