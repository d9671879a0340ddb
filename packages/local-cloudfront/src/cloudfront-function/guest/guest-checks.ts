/* oxlint-disable max-lines-per-function -- what runs in the sandbox is complete in itself */
/** Has built-ins refuse what the runtime's refuse, in its words. */
export function guestChecks(): void {
  type Check = (self: unknown, args: readonly unknown[]) => void;
  const { apply, construct } = Reflect;
  const { defineProperty, getOwnPropertyNames } = Object;
  const wrap = (object: object, name: string, check: Check): void => {
    const real = (object as Record<string, (...args: unknown[]) => unknown>)[name];
    if (real === undefined) return;
    const wrapped = function (this: unknown, ...args: unknown[]): unknown {
      check(this, args);
      return apply(real, this, args);
    };
    for (const key of ["name", "length"] as const) {
      defineProperty(wrapped, key, { value: real[key], configurable: true });
    }
    defineProperty(object, name, { value: wrapped, writable: true, configurable: true });
  };
  const needsObject: Check = (_, [value]) => {
    if (value === undefined || value === null) {
      throw new TypeError(`cannot convert ${String(value)} argument to object`);
    }
  };
  for (const name of [
    "entries",
    "getOwnPropertyDescriptor",
    "getOwnPropertyDescriptors",
    "getOwnPropertyNames",
    "getPrototypeOf",
    "keys",
    "values",
  ]) {
    wrap(Object, name, needsObject);
  }
  const isObject = (value: unknown): boolean =>
    (typeof value === "object" && value !== null) || typeof value === "function";
  const needsPrototype = (value: unknown): void => {
    if (value === null || isObject(value)) return;
    throw new TypeError(`prototype may only be an object or null: ${typeof value}`);
  };
  wrap(Object, "create", (_, [prototype]) => needsPrototype(prototype));
  wrap(Object, "setPrototypeOf", (_, [, prototype]) => needsPrototype(prototype));
  wrap(Object, "defineProperty", (_, [object, , descriptor]) => {
    if (!isObject(object)) {
      throw new TypeError("Object.defineProperty is called on non-object");
    }
    if (!isObject(descriptor)) throw new TypeError("descriptor is not an object");
  });
  for (const name of getOwnPropertyNames(DataView.prototype)) {
    const [, bits] = /^[gs]et[A-Z][a-z]+(\d+)$/.exec(name) ?? [];
    if (bits === undefined) continue;
    wrap(DataView.prototype, name, (view, [offset]) => {
      const index = Number(offset ?? 0);
      if (view instanceof DataView && index + Number(bits) / 8 > view.byteLength) {
        throw new RangeError(`index ${index} is outside the bound of the buffer`);
      }
    });
  }

  const RealRegExp = RegExp;
  const { prototype } = RealRegExp;
  const isFlags = (flags: string): boolean => /^[gimy]*$/.test(flags) && !/(.).*\1/.test(flags);
  function CheckedRegExp(...args: readonly unknown[]): unknown {
    const [, flags] = args;
    if (flags !== undefined && !isFlags(String(flags))) {
      throw new SyntaxError(`Invalid RegExp flags "${String(flags)}"`);
    }
    return construct(RealRegExp, args, new.target ?? CheckedRegExp);
  }
  defineProperty(CheckedRegExp, "prototype", { value: prototype, writable: false });
  defineProperty(CheckedRegExp, "name", { value: "RegExp" });
  defineProperty(CheckedRegExp, "length", { value: 2 });
  defineProperty(prototype, "constructor", {
    value: CheckedRegExp,
    writable: true,
    configurable: true,
  });
  globalThis.RegExp = CheckedRegExp as unknown as RegExpConstructor;
}
