/* oxlint-disable max-lines-per-function -- what runs in the sandbox is complete in itself */
import type { EventPart } from "../invocation-event.ts";
import type { GuestChanges, GuestRead } from "./guest-host.ts";

/** Makes events, and finds what a handler changed of one. */
export interface GuestEvents {
  /**
   * @param head JSON text of an event, in which `0` stands for each part that is made when it is first read; or a list
   *   of the two texts or numbers that the message of an event of CloudFront's own begins with
   */
  make(head: string, isViewerRequest: boolean): object;
  /** Returns what was changed of the event's own message; undefined where `result` is something else. */
  changesOf(result: unknown): GuestChanges | undefined;
}

/**
 * Returns what makes events. Most handlers read little of an event and set a few headers: to take all of it into the
 * sandbox, through `JSON.parse` and back, costs several times what such a handler does.
 */
export function guestEvents(read: GuestRead, parse: (text: string) => unknown): GuestEvents {
  type Values = Record<string, unknown>;
  const { create, defineProperty, getOwnPropertyDescriptor, keys, preventExtensions } = Object;
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
    readonly proxy: object;
    isRead = false;
    written: Values | undefined = undefined;
    constructor(name: EventPart) {
      this.name = name;
      this.proxy = new ProxyClass(this.values, this);
    }
    set(values: Values, key: string | symbol, value: unknown): boolean {
      if (typeof key === "string" && key !== "__proto__") (this.written ??= {})[key] = value;
      else filled(this)[key as string] = value;
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
    // Without its methods, a proxy is its target.
    setPrototypeOf(part, null);
    return values;
  };

  /** A part that no handler has touched serves the next event, too. */
  const parts: Partial<Record<EventPart, Part>> = {};
  const partOf = (name: EventPart): object => {
    let part = parts[name];
    if (part === undefined || part.isRead || part.written !== undefined) {
      part = new Part(name);
      parts[name] = part;
    }
    return part.proxy;
  };
  const fill = (object: Values, names: readonly EventPart[]): number => {
    const filledIn = names.filter((name) => object[name] === 0);
    for (const name of filledIn) object[name] = partOf(name);
    return filledIn.length;
  };
  let message: Values = {};
  let partsOfMessage = 0;
  return {
    make(head, isViewerRequest) {
      // The shape of each event that a viewer causes. Iterators, of `[a, b] = c` too, are slow in the sandbox's engine.
      if (head.startsWith("[")) {
        const given = parse(head) as readonly unknown[];
        const first = given[0];
        const second = given[1];
        const context = partOf("context");
        const viewer = partOf("viewer");
        const headers = partOf("headers");
        const cookies = partOf("cookies");
        if (!isViewerRequest) {
          partsOfMessage = 2;
          message = { statusCode: first, statusDescription: second, headers, cookies };
          const request = partOf("request");
          return { version: "1.0", context, viewer, request, response: message };
        }
        const querystring = partOf("querystring");
        partsOfMessage = 3;
        message = { method: first, uri: second, querystring, headers, cookies };
        setPrototypeOf(message, requestPrototype);
        return { version: "1.0", context, viewer, request: message };
      }
      const event = parse(head) as Values;
      fill(event, ["context", "viewer", "request"]);
      message = (event[isViewerRequest ? "request" : "response"] ?? {}) as Values;
      partsOfMessage = fill(message, ["querystring", "headers", "cookies"]);
      if (isViewerRequest) setPrototypeOf(message, requestPrototype);
      return event;
    },
    changesOf(result) {
      if (result !== message || "toJSON" in message) return undefined;
      const set: Values = {};
      let added: Values | undefined;
      let partsLeft = 0;
      const names = keys(message);
      for (let index = 0; index < names.length; index += 1) {
        const name = names[index] as string;
        const value = message[name];
        const part = typeof value === "object" ? parts[name as EventPart] : undefined;
        if (part !== undefined) partsLeft += 1;
        if (part === undefined || value !== part.proxy) set[name] = value;
        else if (part.isRead) set[name] = part.values;
        else if (part.written !== undefined) {
          if ("toJSON" in part.written) return undefined;
          added ??= {};
          added[name] = part.written;
        }
      }
      return partsLeft < partsOfMessage ? undefined : { set, added };
    },
  };
}
