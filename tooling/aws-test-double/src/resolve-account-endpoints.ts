import dns from "node:dns";

// The endpoint of key value stores has the account's id in front of its name, as in `111122223333.localhost`, which
// not every machine resolves. Whoever connects looks up `dns.lookup` at that moment.
const { lookup } = dns;
const resolved = (name: string, ...others: unknown[]): void => {
  Reflect.apply(lookup, dns, [name.replace(/^\d+\.localhost$/, "127.0.0.1"), ...others]);
};
Object.assign(dns, { lookup: resolved });
