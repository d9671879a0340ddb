import { viewerRequestEvent } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileEdgeAuth } from "../compile/compile-edge-auth.ts";
import { hashOf, hashText } from "../compile/password-hash.ts";
import { createEdgeAuth } from "./edge-auth.ts";

const compiled = compileEdgeAuth({
  rules: [
    {
      basic: {
        realm: "The preview",
        users: {
          ada: "correct horse battery",
          zoë: "staple: ☂ umbrella",
          bob: hashText(hashOf("bob", "from the environment", "00112233445566778899aabbccddeeff")),
        },
      },
    },
  ],
});
const handler = createEdgeAuth(compiled);

const eventWith = (authorization?: string) =>
  viewerRequestEvent({
    headers: {
      host: [{ key: "Host", value: "www.example.com" }],
      ...(authorization !== undefined && {
        authorization: [{ key: "Authorization", value: authorization }],
      }),
    },
  });
const basicOf = (credentials: string): string =>
  `Basic ${Buffer.from(credentials).toString("base64")}`;

describe("a request with name and password", () => {
  it.each([
    basicOf("ada:correct horse battery"),
    basicOf("zoë:staple: ☂ umbrella"),
    basicOf("bob:from the environment"),
    `basic  ${Buffer.from("ada:correct horse battery").toString("base64")}`,
  ])("%s passes, and the origin does not see them", async (authorization) => {
    expect(await handler(eventWith(authorization))).toMatchObject({
      uri: "/",
      headers: { host: [{ value: "www.example.com" }] },
    });
    expect(await handler(eventWith(authorization))).not.toHaveProperty("headers.authorization");
  });

  it.each([
    undefined,
    "",
    "Basic",
    "Basic ",
    "Basic ===",
    "Basic !!!",
    "Bearer x",
    basicOf(""),
    basicOf(":"),
    basicOf("ada"),
    basicOf("ada:"),
    basicOf("ada:correct horse batter"),
    basicOf("ada:correct horse battery "),
    basicOf("bob:correct horse battery"),
    basicOf("Ada:correct horse battery"),
    `${basicOf("ada:wrong password")},${basicOf("ada:correct horse battery")}`,
  ])("%s is asked for it", async (authorization) => {
    expect(await handler(eventWith(authorization))).toMatchObject({
      status: "401",
      headers: {
        "www-authenticate": [{ value: 'Basic realm="The preview", charset="UTF-8"' }],
        "cache-control": [{ value: "no-store" }],
      },
    });
  });
});

it("no password and no user's name is in the compiled options", () => {
  expect(JSON.stringify(compiled)).not.toMatch(/horse|umbrella|environment|ada|zoë|bob/);
});

it("the same options are the same bytes", () => {
  const options = { rules: [{ basic: { users: { ada: "correct horse battery" } } }] };
  expect(compileEdgeAuth(options)).toEqual(compileEdgeAuth(options));
});
