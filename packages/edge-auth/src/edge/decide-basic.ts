import type { AuthEngine } from "./auth-engine.ts";
import type { CompiledBasic } from "./compiled-edge-auth.ts";
import type { Refusal } from "./decide.ts";
import { sameText } from "./same-text.ts";

/** Returns why the credentials of a request do not suffice, or `undefined` where they do. */
export function decideBasic<Request>(
  basic: CompiledBasic,
  request: Request,
  engine: AuthEngine<Request>,
): Refusal | undefined {
  const challenge = `Basic realm="${basic.realm}", charset="UTF-8"`;
  const header = engine.reader.header(request, "authorization");
  if (!header) return { status: 401, reason: "no credentials", challenge };
  const encoded = /^basic +([\w+/-]+=*) *$/i.exec(header);
  const given = encoded ? engine.decode(encoded[1] as string, "base64") : "";
  // Every user's hash is compared, so that the time does not reveal who is one.
  const matching = basic.users.filter((user) =>
    sameText(engine.hmac(user[0], given, "hex"), user[1]),
  );
  return matching.length > 0
    ? undefined
    : { status: 401, reason: "wrong name or password", challenge };
}
